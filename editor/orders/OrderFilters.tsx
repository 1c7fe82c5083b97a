import { CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { overviewQuery } from '../api/overview.ts'
import { connectionsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { Chips } from '../parts/Chips.tsx'
import { channelWord, outcomeWord, statusWord } from '../parts/code-words.ts'
import { SearchField } from '../parts/SearchField.tsx'
import type { Filters } from '../parts/use-filters.ts'
import css from './OrdersPage.module.css'

export const ORDER_FILTERS = ['q', 'status', 'channel', 'outcome', 'duplicates'] as const
export type OrderFilter = (typeof ORDER_FILTERS)[number]

const OUTCOMES_SHOWN = 6

/** Search and chips over the orders; outcomes and channels are those that occur. */
export function OrderFilters(props: {
  filters: Filters<OrderFilter>
  onChange: (change: Filters<OrderFilter>) => void
}): ReactElement {
  const { t, language } = useWords()
  const { filters, onChange } = props
  const { data: overview } = useQuery(overviewQuery)
  const { data: connections } = useQuery(connectionsQuery)
  const common = (overview?.perOutcome ?? []).flatMap(({ outcome }) => outcome || []).slice(0, OUTCOMES_SHOWN)
  const outcomes = new Set(filters.outcome ? [...common, filters.outcome] : common)
  const channels = new Set(
    (connections?.items ?? []).flatMap(({ connector, channel }) =>
      // Suppliers send no orders.
      connector === 'supplier' ? [] : channel || [],
    ),
  )
  if (filters.channel) channels.add(filters.channel)

  return (
    <search className={css.filters}>
      <SearchField label={t('orders.search')} value={filters.q ?? ''} onSearch={q => onChange({ q })} />
      <Chips
        label={t('orders.filterState')}
        chips={(['failed', 'waiting'] as const).map(value => ({ value, word: statusWord(value, t) }))}
        chosen={filters.status === 'failed' || filters.status === 'waiting' ? filters.status : undefined}
        onChoose={status => onChange({ status })}
      />
      <Chips
        label={t('orders.filterOutcome')}
        chips={[...outcomes].map(value => ({ value, word: outcomeWord(value, language) }))}
        chosen={filters.outcome}
        onChoose={outcome => onChange({ outcome })}
      />
      <Chips
        label={t('orders.filterChannel')}
        chips={[...channels].map(value => ({ value, word: channelWord(value, language) }))}
        chosen={filters.channel}
        onChoose={channel => onChange({ channel })}
      />
      <Chips
        label={t('orders.filterDuplicates')}
        chips={[
          { value: 'true', word: t('orders.onlyDuplicates') },
          { value: 'false', word: t('orders.withoutDuplicates') },
        ]}
        chosen={filters.duplicates}
        onChoose={duplicates => onChange({ duplicates })}
      />
      {Object.keys(filters).length > 0 && (
        <Button
          type="link"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          onClick={() => onChange(Object.fromEntries(ORDER_FILTERS.map(key => [key, undefined])))}
        >
          {t('parts.clearFilters')}
        </Button>
      )}
    </search>
  )
}
