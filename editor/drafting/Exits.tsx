import { Select } from 'antd'
import type { ReactElement } from 'react'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { useWords } from '../i18n/use-words.ts'
import { type Manifests, whyNotJoin } from './edit.ts'
import css from './Inspector.module.css'

/** Where each exit of a node leads, as a choice: drawing lines without a mouse. */
export function Exits(props: {
  node: WorkflowNode
  graph: WorkflowGraph
  manifests: Manifests
  nameOf: (node: WorkflowNode) => string
  onLead: (port: string, to: string | undefined) => void
}): ReactElement | null {
  const { t, say } = useWords()
  const { node, graph, manifests } = props
  const manifest = manifests.get(node.type)
  const ports = manifest ? Object.entries(portsOf(manifest, node.params)) : []
  if (ports.length === 0) return null
  return (
    <section>
      <h3 className={css.label}>{t('drafting.exits')}</h3>
      {ports.map(([port, name]) => {
        const ways = graph.edges.filter(edge => edge.from === node.id && edge.port === port)
        const may = graph.nodes.filter(
          ({ id }) =>
            ways.some(({ to }) => to === id) ||
            whyNotJoin(graph, manifests, { from: node.id, port, to: id }) === undefined,
        )
        return (
          <div key={port} className={css.exit}>
            <span className={css.exitName} title={say(name)}>
              {say(name)}
            </span>
            <Select
              size="small"
              className={css.exitTo}
              aria-label={t('drafting.leadsTo', { port: say(name) })}
              placeholder={t('drafting.leadsNowhere')}
              showSearch={{ optionFilterProp: 'label' }}
              allowClear
              value={ways[0]?.to}
              options={may.map(each => ({ value: each.id, label: props.nameOf(each) }))}
              onChange={(to: string | undefined) => props.onLead(port, to)}
            />
            {ways.length > 1 && <span className={css.more}>+{ways.length - 1}</span>}
          </div>
        )
      })}
    </section>
  )
}
