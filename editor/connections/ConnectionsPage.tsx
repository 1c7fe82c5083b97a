// Before anything here is drawn.
import './late-words.ts'
import { ApiOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useEffect, useMemo, useRef } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { useStartDemo } from '../overview/demo.ts'
import { Chips } from '../parts/Chips.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import panel from '../parts/Panel.module.css'
import { SearchField } from '../parts/SearchField.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useReport } from '../parts/use-report.ts'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import css from './ConnectionsPage.module.css'
import { ConnectionTable } from './ConnectionTable.tsx'
import { connectionRows, counted, narrowed, type StandingFilter } from './connection-list.ts'
import { connectionsQuery, connectorsQuery } from './queries.ts'
import { type SettingUp, SetupPanel } from './SetupPanel.tsx'
import { nextStep } from './standing.ts'
import { useConnectionPlace } from './use-place.ts'

const FILTERS = ['standing', 'find'] as const
const FILTER_WORDS = [
  ['needs', 'connections.filterNeeds'],
  ['unfinished', 'connections.stateUnfinished'],
  ['working', 'connections.stateOk'],
  ['paused', 'connections.statePaused'],
] as const satisfies readonly (readonly [StandingFilter, string])[]

/** So few are seen at once, without looking for them. */
const FEW = 6
/** How often the list is read again: more seldom where it is long. */
const refreshMs = (connections: number) => (connections > 200 ? 30_000 : 5_000)

/** 连接: the shops and systems orders come from and go to, how they are, and the way to add one. */
export function ConnectionsPage(): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const navigate = useNavigate()
  const demo = useStartDemo()
  const [place, go] = useConnectionPlace()
  const [filters, setFilters] = useFilters('connections', FILTERS, 'open')
  const connections = useQuery({
    ...connectionsQuery,
    refetchInterval: ({ state }) => refreshMs(state.data?.items.length ?? 0),
  })
  const connectors = useQuery(connectorsQuery)
  const kinds = useMemo(() => connectors.data?.items ?? [], [connectors.data])
  const rows = useMemo(() => connectionRows(connections.data?.items ?? [], kinds), [connections.data, kinds])
  const shown = narrowed(rows, filters)
  const counts = counted(rows)
  const opened = rows.find(({ connection }) => connection.id === place.open)
  const goesOn = opened && place.authorized ? nextStep(opened.connection, opened.connector) : undefined
  const step = place.step ?? (place.authorizeFailed || goesOn ? 'verify' : undefined)

  // Let in again, and nothing left to set up: it is said, and the connection shown.
  const isLetInAgain = place.authorized === true && opened?.connector !== undefined && goesOn === undefined
  const isSaid = useRef(false)
  useEffect(() => {
    if (isLetInAgain && !isSaid.current) {
      report.done(t('connections.authorizedDone'))
      go({ open: place.open })
    }
    isSaid.current = isLetInAgain
  })

  const adding = kinds.find(({ id }) => id === place.add)
  const settingUp = useMemo((): SettingUp | undefined => {
    if (opened?.connector && step)
      return { kind: 'setting-up', connector: opened.connector, connection: opened.connection }
    if (adding) return { kind: 'setting-up', connector: adding, connection: undefined }
    return place.add === undefined ? undefined : { kind: 'choosing' }
  }, [opened, step, adding, place.add])
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => go({ add: '' })}>
      {t('connections.add')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('frame.connections')}>{rows.length > 0 && add}</PageHead>
      {rows.length > FEW && (
        <div className={css.filters}>
          <SearchField
            label={t('connections.search')}
            value={filters.find ?? ''}
            onSearch={find => setFilters({ find })}
          />
          <Chips
            label={t('connections.state')}
            chips={FILTER_WORDS.filter(([value]) => counts[value] > 0).map(([value, word]) => ({
              value,
              word: `${t(word)} ${counts[value]}`,
            }))}
            chosen={filters.standing as StandingFilter | undefined}
            onChoose={standing => setFilters({ standing })}
          />
        </div>
      )}
      <div className={panel.panel}>
        {connections.isPending ? (
          <Loading rows={5} />
        ) : connections.isError && !connections.data ? (
          <Failed failure={connections.error} onRetry={() => void connections.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<ApiOutlined aria-hidden />}
            title={t('connections.emptyTitle')}
            text={t('connections.emptyText')}
            action={
              <div className={css.ways}>
                {add}
                <Button
                  loading={demo.isPending}
                  onClick={() => demo.mutate(undefined, { onSuccess: () => void navigate('/') })}
                >
                  {t('overview.demoStart')}
                </Button>
              </div>
            }
          />
        ) : shown.length === 0 ? (
          <Notice
            picture={<ApiOutlined aria-hidden />}
            text={t('connections.noneMatch')}
            action={
              <Button onClick={() => setFilters({ find: undefined, standing: undefined })}>
                {t('parts.clearFilters')}
              </Button>
            }
          />
        ) : (
          <ConnectionTable rows={shown} onOpen={open => go({ open })} />
        )}
      </div>
      <ConnectionPanel row={settingUp ? undefined : opened} onGo={go} />
      <SetupPanel
        shown={settingUp}
        step={step}
        authorizeFailed={place.authorizeFailed}
        connectors={connectors}
        taken={rows.map(({ connection }) => connection.name)}
        onGo={go}
      />
    </>
  )
}
