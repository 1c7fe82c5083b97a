import { useReactFlow } from '@xyflow/react'
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkflowNode } from '../../server/workflow/workflow.ts'
import type { WorkflowDetail } from '../api/contract.ts'
import { type CanvasActions, DraftActions } from '../canvas/canvas-actions.ts'
import { TrafficOnShow } from '../canvas/live-counts.ts'
import { WalkedRun } from '../canvas/walked.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { useReport } from '../parts/use-report.ts'
import { TestStrip } from '../testing/TestStrip.tsx'
import { type Asking, AskWhich } from './AskWhich.tsx'
import { Conflicts } from './Conflicts.tsx'
import { DraftCanvas } from './DraftCanvas.tsx'
import css from './DraftDesk.module.css'
import type { Draft } from './draft.ts'
import { allFields, draftDrawer } from './draw-draft.ts'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import {
  changeNote,
  describe,
  leadTo,
  type Manifests,
  nameGroup,
  place,
  setLabel,
  setParams,
  whyNotJoin,
} from './edit.ts'
import { Inspector } from './Inspector.tsx'
import { Palette } from './Palette.tsx'
import { People } from './People.tsx'
import { SavingMark } from './SavingMark.tsx'
import { Shortcuts } from './Shortcuts.tsx'
import { nothingSelected, type Selection } from './selection.ts'
import { Toolbar } from './Toolbar.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useClipboardButtons } from './use-clipboard-buttons.ts'
import { useDraftEdits } from './use-draft-edits.ts'
import { useDraftNews } from './use-draft-news.ts'
import { useFormPlace } from './use-form-place.ts'
import { useOwnHits } from './use-own-hits.ts'
import { usePresence } from './use-presence.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTried } from './use-tried.ts'

const refusals = {
  itself: 'drafting.joinItself',
  trigger: 'drafting.joinTrigger',
  circle: 'drafting.joinCircle',
  again: 'drafting.joinAgain',
} as const

/** Until what was just added or selected is drawn with all that comes with it. */
const DRAWN_AFTER_MS = 60

/** Everything around one open draft. */
export function DraftDesk(props: {
  workflow: WorkflowDetail
  manifests: Manifests
  draft: Draft
  testing: boolean
  onTesting: (open: boolean) => void
  jump: { readonly node: string } | undefined
}): ReactElement {
  const { workflow, manifests, draft } = props
  const { t, say, language } = useWords()
  const report = useReport()
  const flow = useReactFlow()
  const { history, problems, conflicts, saving, failure } = useStore(draft.state)
  const graph = history.present
  const [selection, select] = useState<Selection>(nothingSelected)
  const [asking, setAsking] = useState<Asking>()
  const [helping, setHelping] = useState(false)
  const desk = useRef<HTMLDivElement>(null)
  const people = usePresence(workflow.id, draft)
  const tried = useTried(workflow.id, props.testing)
  const edits = useDraftEdits(draft, manifests, selection, select)
  const byButton = useClipboardButtons(edits)

  const drawer = useMemo(() => draftDrawer(manifests), [manifests])
  const fields = useMemo(() => allFields(manifests), [manifests])
  const drawn = useMemo(() => drawer(graph, problems, language), [drawer, graph, problems, language])
  const nameOf = useCallback(
    ({ label, type }: WorkflowNode) => label || say(manifests.get(type)?.name) || type,
    [manifests, say],
  )
  const [first] = selection.cards
  const selected = selection.cards.size === 1 ? graph.nodes.find(({ id }) => id === first)?.id : undefined
  const formPlace = useFormPlace(graph, manifests, selected, tried.sample)

  const actions = useMemo(
    (): CanvasActions => ({
      insert: (spot, at) => setAsking({ spot, at }),
      writeNote: (id, text) => draft.change(each => changeNote(each, id, { text }), `note ${id}`),
      sizeNote: (id, position, size) => draft.change(each => changeNote(each, id, { position, size })),
      nameFrame: (id, name) => draft.change(each => nameGroup(each, id, name), `frame ${id}`),
    }),
    [draft],
  )
  const ask = () => {
    const spot = edits.spotForNew()
    const node = spot.kind === 'exit' ? cardOf(spot.node)?.getBoundingClientRect() : undefined
    setAsking({ spot, at: node ? { x: node.right + 12, y: node.top } : { x: 420, y: 200 } })
  }
  const cardOf = (id: string) =>
    desk.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)
  const groupSelected = () => edits.groupSelected(t('drafting.newFrame'))
  const addByClick = (type: Parameters<typeof edits.put>[0]) => edits.put(type, edits.spotForNew())

  useDraftNews(draft)
  useClipboard({ copy: edits.copySelected, cut: edits.removeSelected, paste: edits.pasteText })
  useShortcuts({
    a: ask,
    '/': ask,
    l: edits.layOut,
    n: edits.note,
    g: groupSelected,
    f: () => void flow.fitView({ maxZoom: 1, padding: 0.08, duration: 200 }),
    t: () => props.onTesting(!props.testing),
    i: () => desk.current?.querySelector<HTMLElement>('[data-inspector] :is(input, textarea)')?.focus(),
    '?': () => setHelping(true),
    Delete: edits.removeSelected,
    Backspace: edits.removeSelected,
    Escape: () => select(nothingSelected),
    'ctrl+z': draft.undo,
    'ctrl+shift+z': draft.redo,
    'ctrl+y': draft.redo,
    'ctrl+d': edits.duplicateSelected,
    'ctrl+a': () => select({ cards: new Set(graph.nodes.map(({ id }) => id)), lines: new Set() }),
  })
  // The newest way to jump, for those who keep hold of it longer than a selection lasts.
  const jump = useRef(edits.jumpTo)
  jump.current = edits.jumpTo
  useOwnHits(
    drawn.cards,
    useCallback((node: string) => jump.current(node), []),
  )
  useEffect(() => {
    if (props.jump) jump.current(props.jump.node)
  }, [props.jump])

  return (
    <div className={css.desk} ref={desk}>
      <div className={css.row}>
        <Palette manifests={manifests} onAdd={addByClick} />
        <div className={css.middle}>
          <Toolbar
            canUndo={history.past.length > 0}
            canRedo={history.future.length > 0}
            canCopy={selection.cards.size > 0}
            canGroup={selection.cards.size > 0}
            onUndo={draft.undo}
            onRedo={draft.redo}
            onLayOut={edits.layOut}
            onNote={edits.note}
            onGroup={groupSelected}
            onCopy={byButton.copy}
            onPaste={byButton.paste}
            onHelp={() => setHelping(true)}
          >
            <People people={people} />
            <SavingMark saving={saving} failure={failure} />
          </Toolbar>
          <Conflicts
            draft={draft}
            conflicts={conflicts}
            graph={graph}
            manifests={manifests}
            nameOf={nameOf}
          />
          <div
            className={css.canvas}
            data-simulated={tried.walked !== undefined || tried.traffic !== undefined}
          >
            <DraftActions value={actions}>
              <TrafficOnShow value={tried.traffic}>
                <WalkedRun value={tried.walked}>
                  <DraftCanvas
                    drawn={drawn}
                    groups={graph.groups}
                    label={t('workflows.canvasLabel', { name: workflow.name })}
                    selection={selection}
                    onSelect={select}
                    // Its settings take room from the canvas: what was clicked must not vanish behind them.
                    onClick={node => setTimeout(() => edits.reveal(node), DRAWN_AFTER_MS)}
                    onPlace={(places, merge) => draft.change(each => place(each, places), merge)}
                    mayJoin={edits.mayJoin}
                    onJoin={edits.join}
                    onRefused={edge => {
                      const why = whyNotJoin(graph, manifests, edge)
                      if (why) report.failed(undefined, () => t(refusals[why]))
                    }}
                    onLetGo={(spot, at) => setAsking({ spot, at })}
                    onDrop={(type, spot) => {
                      const manifest = manifests.get(type)
                      if (manifest) edits.put(manifest, spot)
                    }}
                  />
                </WalkedRun>
              </TrafficOnShow>
            </DraftActions>
            {graph.nodes.length === 0 && <EmptyCanvas manifests={manifests} onAdd={addByClick} />}
          </div>
        </div>
        <Inspector
          graph={graph}
          manifests={manifests}
          selected={selection.cards}
          problems={problems}
          place={formPlace}
          fields={fields}
          nameOf={nameOf}
          onParams={(node, params, merge) =>
            draft.change(
              each => setParams(each, manifests, node, params),
              merge === undefined ? undefined : `${node}/${merge}`,
            )
          }
          onLabel={(node, label) => draft.change(each => setLabel(each, node, label), `label ${node}`)}
          onLead={(node, port, to) => draft.change(each => leadTo(each, node, port, to))}
          onDescribe={text => draft.change(each => describe(each, text), 'description')}
          onJump={edits.jumpTo}
          onEnd={edits.endExits}
          onRemove={edits.removeSelected}
          onDuplicate={edits.duplicateSelected}
          onAlign={edits.alignSelected}
          onGroup={groupSelected}
        />
      </div>
      <TestStrip
        workflow={workflow.id}
        graph={graph}
        selected={selected}
        onSelect={edits.jumpTo}
        onShow={tried.show}
        open={props.testing}
        onOpen={props.onTesting}
      />
      {asking && (
        <AskWhich
          asking={asking}
          graph={graph}
          manifests={manifests}
          nameOf={nameOf}
          onAsk={setAsking}
          onPick={type => {
            setAsking(undefined)
            const id = edits.put(type, asking.spot)
            // The keyboard goes on at the new card, so that the next key means it.
            setTimeout(() => cardOf(id)?.focus(), DRAWN_AFTER_MS)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {helping && <Shortcuts onClose={() => setHelping(false)} />}
    </div>
  )
}
