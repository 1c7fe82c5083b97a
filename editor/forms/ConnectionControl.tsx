import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { connectionsQuery, connectorsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { channelWord } from '../parts/code-words.ts'
import type { ControlProps } from './field-props.ts'
import { PickOne } from './PickOne.tsx'
import { hintsOf } from './schema.ts'

const BRINGS_ORDERS: ReadonlySet<string> = new Set(['shop', 'orders'])

/** A connection, by its name; only those of the kind that is asked for. */
export function ConnectionControl(props: ControlProps): ReactElement {
  return <PickOne {...props} options={useConnections(props)} />
}

/** Several connections; none of them means all. */
export function ConnectionsControl(props: ControlProps): ReactElement {
  const { t } = useWords()
  const { id, label, value, isBad, describedBy, onChange } = props
  const options = useConnections(props).map(each => ({ value: each.value, label: each.name }))
  return (
    <Select<string[]>
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      mode="multiple"
      status={isBad ? 'error' : ''}
      placeholder={t('forms.all')}
      options={options}
      optionFilterProp="label"
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={next => onChange(next.length === 0 ? undefined : next)}
    />
  )
}

function useConnections({ schema }: ControlProps): { value: string; name: string; hint: string }[] {
  const { language } = useWords()
  const { data } = useQuery(connectionsQuery)
  const { data: connectors } = useQuery(connectorsQuery)
  const { connector, does } = hintsOf(schema)
  const kinds = new Map(connectors?.items.map(each => [each.id, each]))
  const suits = (id: string): boolean => {
    if (connector !== undefined) return id === connector
    // A supplier without an interface gets its purchases by hand or at its address.
    if (does !== undefined)
      return (kinds.get(id)?.actions.includes(does) ?? false) || (does === 'purchase' && id === 'supplier')
    return BRINGS_ORDERS.has(kinds.get(id)?.kind ?? '')
  }
  return (data?.items ?? [])
    .filter(each => suits(each.connector))
    .map(({ id, name, channel = '' }) => ({ value: id, name, hint: channelWord(channel, language) }))
}
