import { Alert, Button } from 'antd'
import type { ReactElement } from 'react'
import { isRecord, type SchemaPart } from '../../server/workflow/param-parts.ts'
import type { Text } from '../../server/workflow/text.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './Conflicts.module.css'
import type { Draft } from './draft.ts'
import type { Manifests } from './edit.ts'
import type { Conflict } from './merge.ts'

/** What two people changed differently: both values side by side, and a button for each. */
export function Conflicts(props: {
  draft: Draft
  conflicts: readonly Conflict[]
  graph: WorkflowGraph
  manifests: Manifests
  nameOf: (node: WorkflowNode) => string
}): ReactElement | null {
  const { t, say } = useWords()
  const { draft, conflicts, graph, manifests } = props
  if (conflicts.length === 0) return null
  const shown = (value: unknown) =>
    value === undefined ? t('drafting.nothing') : typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <div className={css.conflicts} role="alert">
      {conflicts.map(conflict => {
        const node = graph.nodes.find(({ id }) => id === conflict.node)
        const what =
          say(paramText(conflict, node && manifests.get(node.type)?.params)) || t('drafting.nodeName')
        return (
          <Alert
            key={`${conflict.node} ${conflict.path} ${shown(conflict.theirs)}`}
            type="warning"
            banner
            className={css.conflict ?? ''}
            title={t('drafting.conflict', { node: node ? props.nameOf(node) : conflict.node, what })}
            description={
              <p className={css.choice}>
                <Button size="small" onClick={() => draft.resolve(conflict, 'mine')}>
                  {t('drafting.keepMine')}
                </Button>
                <code className={css.value}>{shown(conflict.mine)}</code>
                <Button size="small" onClick={() => draft.resolve(conflict, 'theirs')}>
                  {t('drafting.takeTheirs')}
                </Button>
                <code className={css.value}>{shown(conflict.theirs)}</code>
              </p>
            }
          />
        )
      })}
    </div>
  )
}

/** The name of a param in words, from the hint of its schema. */
function paramText({ path }: Conflict, schema: unknown): Text | undefined {
  const [part, key] = path.split('/')
  const properties = part === 'params' && isRecord(schema) ? (schema as SchemaPart).properties : undefined
  const found = key !== undefined && isRecord(properties) ? properties[key] : undefined
  const ui = isRecord(found) ? found.ui : undefined
  return isRecord(ui) && typeof ui.zh === 'string' && typeof ui.en === 'string'
    ? { zh: ui.zh, en: ui.en }
    : undefined
}
