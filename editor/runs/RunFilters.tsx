import { CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Space } from 'antd'
import { type ReactElement, useState } from 'react'
import { overviewQuery } from '../api/overview.ts'
import { useWords } from '../i18n/use-words.ts'
import { Chips } from '../parts/Chips.tsx'
import { outcomeWord, statusWord } from '../parts/code-words.ts'
import { SearchField } from '../parts/SearchField.tsx'
import type { Filters } from '../parts/use-filters.ts'
import { runVersionsQuery } from './queries.ts'
import css from './RunsList.module.css'
import { RUN_FILTERS, type RunFilter, STATUSES, STRETCHES, type Stretch } from './run-filters.ts'

const OUTCOMES_SHOWN = 6
const VERSIONS_SHOWN = 5

const SEARCHES = ['order', 'phone', 'sku'] as const
type Search = (typeof SEARCHES)[number]

const searchWords = {
  order: { name: 'runs.byOrder', label: 'runs.searchOrder' },
  phone: { name: 'runs.byPhone', label: 'runs.searchPhone' },
  sku: { name: 'runs.bySku', label: 'runs.searchSku' },
} as const satisfies Record<Search, object>

const stretchWords = {
  hour: 'runs.lastHour',
  today: 'runs.today',
  week: 'runs.lastWeek',
  own: 'runs.ownRange',
} as const satisfies Record<Stretch, string>

type Change = (change: Filters<RunFilter>) => void

/** Search and chips over the runs. `workflow`: the list is of this one alone. */
export function RunFilters(props: {
  filters: Filters<RunFilter>
  workflow: string | undefined
  onChange: Change
}): ReactElement {
  const { t } = useWords()
  const { filters, workflow, onChange } = props
  return (
    <search className={css.filters}>
      <SearchBy filters={filters} onChange={onChange} />
      <Chips
        label={t('runs.state')}
        chips={STATUSES.map(value => ({ value, word: statusWord(value, t) }))}
        chosen={STATUSES.find(each => each === filters.runs)}
        onChoose={runs => onChange({ runs })}
      />
      <Outcomes chosen={filters.outcome} onChoose={outcome => onChange({ outcome })} />
      <Stretches filters={filters} onChange={onChange} />
      {workflow && (
        <Versions workflow={workflow} chosen={filters.version} onChoose={version => onChange({ version })} />
      )}
      {filters.node && (
        <Chips
          label={t('runs.only')}
          chips={[{ value: filters.node, word: t('runs.atNode', { node: filters.node }) }]}
          chosen={filters.node}
          onChoose={node => onChange({ node })}
        />
      )}
      {RUN_FILTERS.some(key => filters[key]) && (
        <Button
          type="link"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          onClick={() => onChange(Object.fromEntries(RUN_FILTERS.map(key => [key, undefined])))}
        >
          {t('parts.clearFilters')}
        </Button>
      )}
    </search>
  )
}

/** One field for the three things a run is looked for by. */
function SearchBy({ filters, onChange }: { filters: Filters<RunFilter>; onChange: Change }): ReactElement {
  const { t } = useWords()
  const [picked, setPicked] = useState<Search>('order')
  const by = SEARCHES.find(each => filters[each]) ?? picked
  const value = filters[by] ?? ''
  const ask = (next: Search, text: string) =>
    onChange({ order: undefined, phone: undefined, sku: undefined, [next]: text || undefined })
  return (
    <Space.Compact>
      <Select<Search>
        aria-label={t('runs.searchBy')}
        value={by}
        popupMatchSelectWidth={false}
        options={SEARCHES.map(each => ({ value: each, label: t(searchWords[each].name) }))}
        onChange={next => {
          setPicked(next)
          if (value) ask(next, value)
        }}
      />
      <SearchField label={t(searchWords[by].label)} value={value} onSearch={text => ask(by, text)} />
    </Space.Compact>
  )
}

function Outcomes(props: {
  chosen: string | undefined
  onChoose: (outcome: string | undefined) => void
}): ReactElement {
  const { t, language } = useWords()
  const { data } = useQuery(overviewQuery)
  const common = (data?.perOutcome ?? []).flatMap(({ outcome }) => outcome || []).slice(0, OUTCOMES_SHOWN)
  const outcomes = new Set(props.chosen ? [...common, props.chosen] : common)
  return (
    <Chips
      label={t('runs.outcome')}
      chips={[...outcomes].map(value => ({ value, word: outcomeWord(value, language) }))}
      chosen={props.chosen}
      onChoose={props.onChoose}
    />
  )
}

function Stretches({ filters, onChange }: { filters: Filters<RunFilter>; onChange: Change }): ReactElement {
  const { t } = useWords()
  const since = STRETCHES.find(each => each === filters.since)
  return (
    <>
      <Chips
        label={t('runs.time')}
        chips={STRETCHES.map(value => ({ value, word: t(stretchWords[value]) }))}
        chosen={since}
        onChoose={next => onChange({ since: next, from: undefined, to: undefined })}
      />
      {since === 'own' &&
        (['from', 'to'] as const).map(end => (
          <Input
            key={end}
            className={css.instant}
            type="datetime-local"
            prefix={t(end === 'from' ? 'runs.from' : 'runs.to')}
            aria-label={t(end === 'from' ? 'runs.from' : 'runs.to')}
            value={filters[end] ?? ''}
            onChange={event => onChange({ [end]: event.target.value || undefined })}
          />
        ))}
    </>
  )
}

function Versions(props: {
  workflow: string
  chosen: string | undefined
  onChoose: (version: string | undefined) => void
}): ReactElement | null {
  const { t } = useWords()
  const { data } = useQuery(runVersionsQuery(props.workflow))
  const newest = (data?.items ?? []).slice(0, VERSIONS_SHOWN).map(({ version }) => String(version))
  const versions = new Set(props.chosen ? [...newest, props.chosen] : newest)
  // One version is no choice.
  if (versions.size < 2 && !props.chosen) return null
  return (
    <Chips
      label={t('runs.versionFilter')}
      chips={[...versions].map(value => ({ value, word: t('runs.version', { n: value }) }))}
      chosen={props.chosen}
      onChoose={props.onChoose}
    />
  )
}
