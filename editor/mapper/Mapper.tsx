import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { failureText } from '../parts/failure-text.ts'
import { Loading } from '../parts/Loading.tsx'
import { focusSoon } from './focus-soon.ts'
import { fieldUnder, toNextField } from './keyboard-drag.ts'
import { languageQuery, type MappingLanguage, type Row } from './language.ts'
import css from './Mapper.module.css'
import { type MapperState, Mapping, rulesWithPut } from './mapper-state.ts'
import type { Rules } from './rules.ts'
import { SourcePane } from './SourcePane.tsx'
import { nodesOf, type SourceNode, sourceTree } from './source-tree.ts'
import { openSuggestions, withSuggestions } from './suggestions.ts'
import { TargetPane } from './TargetPane.tsx'
import { suggestQuery, tryQuery } from './try-query.ts'
import { useDebounced } from './use-debounced.ts'
import { useSamples } from './use-samples.ts'

interface MapperProps {
  readonly rules: Rules
  readonly negativeQuantity?: string | undefined
  /** Whose documents are offered; the person chooses where it is not known. */
  readonly connection?: string | undefined
  /** Documents it begins with. */
  readonly given?: readonly unknown[] | undefined
  readonly onChange: (rules: Rules, merge?: string) => void
}

/** Source documents on the left, unified fields on the right, and what the mapping between them makes. */
export function Mapper(props: MapperProps): ReactElement {
  const language = useQuery(languageQuery)
  if (language.data) return <Opened {...props} language={language.data} />
  return language.isError ? (
    <Failed failure={language.error} onRetry={() => void language.refetch()} />
  ) : (
    <Loading rows={12} />
  )
}

const QUIET_MS = 300
const DRAG_DISTANCE = 5

function Opened(props: MapperProps & { language: MappingLanguage }): ReactElement {
  const { language, rules, onChange } = props
  const words = useWords()
  const { t } = words
  const given = useSamples(props.given)
  const { samples, taken, split } = given
  const [chosen, setChosen] = useState<string>()
  const connection = props.connection ?? chosen
  const [picked, setPicked] = useState<SourceNode>()
  const [dragged, setDragged] = useState<SourceNode>()

  const set = { samples, connection }
  const suggest = useQuery(suggestQuery(set, taken))
  const settled = useDebounced(rules, QUIET_MS)
  const trial = useQuery(tryQuery(settled, props.negativeQuantity, set, taken))
  const documents = useMemo(() => samples.map(({ document }) => document), [samples])
  const tree = useMemo(() => sourceTree(documents), [documents])
  const nodes = useMemo(() => nodesOf(tree), [tree])
  const ids = useMemo(() => new Set(nodes.map(({ id }) => id)), [nodes])
  const answer = samples.length > 0 ? suggest.data : undefined

  const batch = answer?.orders
  const canSplit = samples.every(({ event }) => event === undefined)
  useEffect(() => {
    if (batch !== undefined && canSplit) split(batch)
  }, [batch, canSplit, split])

  useEffect(() => {
    if (!picked) return
    const letGo = (event: KeyboardEvent) => event.key === 'Escape' && setPicked(undefined)
    document.addEventListener('keydown', letGo)
    return () => document.removeEventListener('keydown', letGo)
  }, [picked])

  const put = (node: SourceNode, row: Row, beside = false) => {
    onChange(rulesWithPut(rules, node, row, answer?.looks[node.id], beside))
    // The button that put it is gone now, and with it the place of the keyboard.
    if (picked) focusSoon(`[data-source="${CSS.escape(node.id)}"]`)
    setPicked(undefined)
  }
  const open = openSuggestions(rules, answer?.suggestions ?? [])
  const state: MapperState = {
    language,
    rules,
    change: onChange,
    samples,
    nodes,
    ids,
    picked,
    pick: setPicked,
    put,
    trial: trial.data,
    open: new Map(open.map(each => [each.to, each])),
    adopt: adopted => onChange(withSuggestions(rules, adopted, answer?.suggestions ?? [])),
  }

  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_DISTANCE } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: toNextField,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  )
  const rowName = (data: unknown) => words.say((data as { row?: Row } | undefined)?.row?.target.name)
  const nodeOf = (data: unknown) => (data as { node?: SourceNode } | undefined)?.node
  const failure = trial.error ?? suggest.error
  const why = failure ? failureText(failure, t, words.language) : ''
  return (
    <Mapping value={state}>
      <DndContext
        sensors={sensors}
        collisionDetection={fieldUnder}
        accessibility={{
          screenReaderInstructions: { draggable: '' },
          announcements: {
            onDragStart: ({ active }) =>
              t('mapper.dragStart', { name: nodeOf(active.data.current)?.key ?? '' }),
            onDragOver: ({ over }) =>
              over ? t('mapper.dragOver', { name: rowName(over.data.current) }) : undefined,
            onDragEnd: ({ over }) =>
              over ? t('mapper.dragEnd', { name: rowName(over.data.current) }) : t('mapper.dragCancel'),
            onDragCancel: () => t('mapper.dragCancel'),
          },
        }}
        onDragStart={({ active }) => setDragged(nodeOf(active.data.current))}
        onDragCancel={() => setDragged(undefined)}
        onDragEnd={({ over }) => {
          const row = (over?.data.current as { row?: Row } | undefined)?.row
          if (dragged && row) put(dragged, row)
          setDragged(undefined)
        }}
      >
        <div className={css.mapper}>
          <SourcePane
            tree={tree}
            given={given}
            connection={connection}
            onConnection={props.connection === undefined ? setChosen : undefined}
            note={batch !== undefined && !canSplit ? t('mapper.splitHere', { path: batch }) : given.note}
          />
          <TargetPane
            dragged={dragged}
            failure={
              failure ? t(trial.error ? 'mapper.tryFailed' : 'mapper.suggestFailed', { why }) : undefined
            }
            onDrop={given.drop}
          />
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged && <span className={css.ghostChip}>{dragged.key}</span>}
        </DragOverlay>
      </DndContext>
    </Mapping>
  )
}
