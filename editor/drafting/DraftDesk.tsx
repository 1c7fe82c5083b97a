import { useQueryClient } from '@tanstack/react-query'
import { useReactFlow } from '@xyflow/react'
import { Avatar, Tooltip } from 'antd'
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { fieldsAt } from '../../server/workflow/fields-at.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowNode } from '../../server/workflow/workflow.ts'
import type { WorkflowDetail } from '../api/contract.ts'
import type { TestResult, TestRun } from '../api/test-contract.ts'
import { type CanvasActions, DraftActions, type Spot } from '../canvas/canvas-actions.ts'
import type { Place } from '../canvas/layout.ts'
import { TrafficOnShow } from '../canvas/live-counts.ts'
import { WalkedRun } from '../canvas/walked.ts'
import type { Place as FormPlaceFacts } from '../forms/place.ts'
import { offerHits } from '../frame/own-hits.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { useReport } from '../parts/use-report.ts'
import { TestStrip } from '../testing/TestStrip.tsx'
import { trafficOfTest } from '../testing/test-traffic.ts'
import { inputAt, walkedOf } from '../testing/walked-of.ts'
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
import { InsertMenu } from './InsertMenu.tsx'
import { Inspector } from './Inspector.tsx'
import { Palette } from './Palette.tsx'
import { SavingMark } from './SavingMark.tsx'
import { Shortcuts } from './Shortcuts.tsx'
import { nothingSelected, type Selection } from './selection.ts'
import { Toolbar } from './Toolbar.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useDraftEdits } from './use-draft-edits.ts'
import { usePresence } from './use-presence.ts'
import { useShortcuts } from './use-shortcuts.ts'

const refusals = {
  itself: 'drafting.joinItself',
  trigger: 'drafting.joinTrigger',
  circle: 'drafting.joinCircle',
  again: 'drafting.joinAgain',
} as const

/** Until the strip has its height and the canvas the rest. */
const STRIP_OPENS_MS = 80

interface Asking {
  readonly spot: Spot
  readonly at: Place
}

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
  const queries = useQueryClient()
  const state = useStore(draft.state)
  const graph = state.history.present
  const [selection, select] = useState<Selection>(nothingSelected)
  const [asking, setAsking] = useState<Asking>()
  const [helping, setHelping] = useState(false)
  const [shown, setShown] = useState<{ run: TestRun | undefined; result: TestResult | undefined }>()
  /** The order the rules are read with: stays when the strip is closed. */
  const [sampleRun, setSampleRun] = useState<TestRun>()
  const people = usePresence(workflow.id, draft)
  const desk = useRef<HTMLDivElement>(null)

  const drawer = useMemo(() => draftDrawer(manifests), [manifests])
  const fields = useMemo(() => allFields(manifests), [manifests])
  const drawn = useMemo(
    () => drawer(graph, state.problems, language),
    [drawer, graph, state.problems, language],
  )
  const scopes = useMemo(() => fieldsAt(graph, manifests), [graph, manifests])
  const edits = useDraftEdits(draft, manifests, selection, select)
  const nameOf = useCallback(
    ({ label, type }: WorkflowNode) => label || say(manifests.get(type)?.name) || type,
    [manifests, say],
  )
  const walked = useMemo(
    () => (shown?.run ? walkedOf(shown.run, language) : undefined),
    [shown?.run, language],
  )
  const traffic = useMemo(
    () => (shown?.result && !shown.run ? trafficOfTest(shown.result) : undefined),
    [shown],
  )
  // What a test did is looked at as a whole, in the room the strip leaves: no way must begin or end out of sight.
  useEffect(() => {
    if (!props.testing) return
    const ids = [...new Set(shown?.run?.steps.map(({ node }) => node))]
    const look = () =>
      void flow.fitView({
        ...(ids.length > 0 ? { nodes: ids.map(id => ({ id })) } : {}),
        maxZoom: 1,
        padding: 0.1,
        duration: 200,
      })
    const timer = setTimeout(look, STRIP_OPENS_MS)
    return () => clearTimeout(timer)
  }, [props.testing, shown, flow])

  const [firstSelected] = selection.cards
  const selectedNode =
    selection.cards.size === 1 ? graph.nodes.find(({ id }) => id === firstSelected) : undefined
  const formPlace = useMemo((): FormPlaceFacts => {
    const scope = selectedNode && scopes.get(selectedNode.id)
    const data = selectedNode && sampleRun && inputAt(sampleRun, selectedNode.id)
    const always = [...(scope?.always.values() ?? [])]
    const known = new Set(always.map(({ path }) => path))
    return {
      scope: always,
      sometimes: [...(scope?.sometimes.values() ?? [])].filter(({ path }) => !known.has(path)),
      sample: data && sampleRun ? { name: sampleRun.orderId, data } : undefined,
    }
  }, [selectedNode, scopes, sampleRun])

  const actions = useMemo(
    (): CanvasActions => ({
      insert: (spot, at) => setAsking({ spot, at }),
      writeNote: (id, text) => draft.change(each => changeNote(each, id, { text }), `note ${id}`),
      sizeNote: (id, position, size) => draft.change(each => changeNote(each, id, { position, size })),
      nameFrame: (id, name) => draft.change(each => nameGroup(each, id, name), `frame ${id}`),
    }),
    [draft],
  )

  /** The keyboard goes on at a card, so that the next key means it. */
  const focusCard = (id: string) =>
    setTimeout(
      () => desk.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)?.focus(),
      60,
    )

  const ask = () => {
    const spot = edits.spotForNew()
    const card = spot.kind === 'exit' ? `.react-flow__node[data-id="${spot.node}"]` : '.react-flow'
    const box = desk.current?.querySelector(card)?.getBoundingClientRect()
    setAsking({
      spot,
      at: spot.kind === 'exit' ? { x: (box?.right ?? 300) + 12, y: box?.top ?? 200 } : { x: 420, y: 200 },
    })
  }
  const tellCopied = (text: string | undefined) => {
    if (text === undefined) return
    navigator.clipboard.writeText(text).then(
      () => report.done(t('drafting.copied')),
      failure => report.failed(failure, () => t('drafting.copyByKey')),
    )
  }
  const pasteByButton = () => {
    navigator.clipboard.readText().then(
      text => {
        if (!edits.pasteText(text)) report.failed(undefined, () => t('drafting.nothingToPaste'))
      },
      failure => report.failed(failure, () => t('drafting.pasteByKey')),
    )
  }
  const groupSelected = () => edits.groupSelected(t('drafting.newFrame'))
  const fit = () => void flow.fitView({ maxZoom: 1, padding: 0.08, duration: 200 })

  useClipboard({ copy: edits.copySelected, cut: edits.removeSelected, paste: edits.pasteText })
  useShortcuts({
    a: ask,
    '/': ask,
    l: edits.layOut,
    n: edits.note,
    g: groupSelected,
    f: fit,
    t: () => props.onTesting(!props.testing),
    i: () => desk.current?.querySelector<HTMLElement>('aside input, aside textarea')?.focus(),
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

  const jumpTo = useRef(edits.jumpTo)
  jumpTo.current = edits.jumpTo
  useEffect(() => {
    if (props.jump) jumpTo.current(props.jump.node)
  }, [props.jump])
  useEffect(
    () =>
      offerHits(wanted =>
        drawn.cards
          .flatMap(card => (card.type === 'card' ? [{ id: card.id, ...card.data }] : []))
          .filter(({ id, title, sentence }) =>
            `${title} ${sentence} ${id}`.toLowerCase().includes(wanted.toLowerCase()),
          )
          .slice(0, 8)
          .map(({ id, title, sentence }) => ({
            text: title,
            detail: sentence,
            run: () => jumpTo.current(id),
          })),
      ),
    [drawn.cards],
  )
  useEffect(() => {
    if (state.adopted.count > 0)
      report.done(t('drafting.adopted', { by: state.adopted.by || t('drafting.somebody') }))
  }, [state.adopted, report, t])
  useEffect(() => {
    if (draft.state.get().broughtBack) report.done(t('drafting.broughtBack'))
  }, [draft, report, t])

  const exits = asking?.spot.kind === 'exit' ? exitsOf(asking.spot.node) : []
  function exitsOf(id: string) {
    const node = graph.nodes.find(each => each.id === id)
    const manifest = node && manifests.get(node.type)
    return manifest
      ? Object.entries(portsOf(manifest, node.params)).map(([port, name]) => ({ id: port, name: say(name) }))
      : []
  }
  const whereOf = ({ spot }: Asking): string => {
    if (spot.kind === 'place') return t('drafting.addHere')
    if (spot.kind === 'line') return t('drafting.insertHere')
    const node = graph.nodes.find(({ id }) => id === spot.node)
    const port = exits.find(({ id }) => id === spot.port)?.name ?? spot.port
    return t('drafting.addBehind', { node: node ? nameOf(node) : '', port })
  }

  return (
    <div className={css.desk} ref={desk}>
      <div className={css.row}>
        <Palette manifests={manifests} onAdd={type => edits.put(type, edits.spotForNew())} />
        <div className={css.middle}>
          <Toolbar
            canUndo={state.history.past.length > 0}
            canRedo={state.history.future.length > 0}
            canCopy={selection.cards.size > 0}
            canGroup={selection.cards.size > 0}
            onUndo={draft.undo}
            onRedo={draft.redo}
            onLayOut={edits.layOut}
            onNote={edits.note}
            onGroup={groupSelected}
            onCopy={() => tellCopied(edits.copySelected())}
            onPaste={pasteByButton}
            onHelp={() => setHelping(true)}
          >
            {people.length > 0 && (
              <Avatar.Group size={22} max={{ count: 4 }}>
                {people.map(({ id, name }) => (
                  <Tooltip key={id} title={t('drafting.alsoHere', { name: name || t('drafting.somebody') })}>
                    <Avatar style={{ background: 'var(--kind-trigger)' }}>{(name || '?').slice(0, 1)}</Avatar>
                  </Tooltip>
                ))}
              </Avatar.Group>
            )}
            <SavingMark saving={state.saving} failure={state.failure} />
          </Toolbar>
          <Conflicts
            draft={draft}
            conflicts={state.conflicts}
            graph={graph}
            manifests={manifests}
            nameOf={nameOf}
          />
          <div className={css.canvas} data-simulated={walked !== undefined || traffic !== undefined}>
            <DraftActions value={actions}>
              <TrafficOnShow value={traffic}>
                <WalkedRun value={walked}>
                  <DraftCanvas
                    drawn={drawn}
                    groups={graph.groups}
                    label={t('workflows.canvasLabel', { name: workflow.name })}
                    selection={selection}
                    onSelect={select}
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
            {graph.nodes.length === 0 && (
              <EmptyCanvas manifests={manifests} onAdd={type => edits.put(type, edits.spotForNew())} />
            )}
          </div>
        </div>
        <Inspector
          graph={graph}
          manifests={manifests}
          selected={selection.cards}
          problems={state.problems}
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
        selected={selectedNode?.id}
        onSelect={edits.jumpTo}
        onShow={(run, result) => {
          setShown({ run, result })
          // What stands beside 发布 tells of this test as well.
          if (result)
            void queries.invalidateQueries({ queryKey: ['workflows', workflow.id, 'before-publish'] })
          if (run) setSampleRun(run)
        }}
        open={props.testing}
        onOpen={props.onTesting}
      />
      {asking && (
        <InsertMenu
          at={asking.at}
          where={whereOf(asking)}
          manifests={manifests}
          withTriggers={asking.spot.kind === 'place'}
          exits={exits}
          exit={asking.spot.kind === 'exit' ? asking.spot.port : undefined}
          onExit={port =>
            asking.spot.kind === 'exit' && setAsking({ ...asking, spot: { ...asking.spot, port } })
          }
          onPick={type => {
            setAsking(undefined)
            focusCard(edits.put(type, asking.spot))
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {helping && <Shortcuts onClose={() => setHelping(false)} />}
    </div>
  )
}
