import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { connectionsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import css from './SourcePane.module.css'
import { MOST_SAMPLES, type Sample } from './samples.ts'
import { takenQuery } from './try-query.ts'

/** The last documents a connection received, to be used as samples. Buyers' data is masked; the preview reads the real one. */
export function TakeSample(props: {
  connection: string | undefined
  onConnection: ((id: string) => void) | undefined
  taken: readonly Sample[]
  onTake: (sample: Sample) => void
  onClose: () => void
}): ReactElement {
  const { t } = useWords()
  const { connection, onConnection, taken } = props
  const connections = useQuery({ ...connectionsQuery, enabled: onConnection !== undefined })
  const documents = useQuery(takenQuery(connection))
  const items = documents.data?.items ?? []
  return (
    <div className={css.paste}>
      {onConnection && (
        <Select
          size="small"
          aria-label={t('mapper.takeFrom')}
          placeholder={t('mapper.takeFrom')}
          value={connection}
          options={connections.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={onConnection}
        />
      )}
      {connection === undefined ? null : documents.isPending ? (
        <Loading rows={3} />
      ) : documents.isError ? (
        <Failed failure={documents.error} onRetry={() => void documents.refetch()} />
      ) : items.length === 0 ? (
        <p className={css.faint}>{t('mapper.takeNone')}</p>
      ) : (
        <ul className={css.received} aria-label={t('mapper.takeTitle')}>
          {items.map(({ id, receivedAt, document }) => {
            const name = orderIn(id)
            const isTaken = taken.some(each => each.id === id)
            return (
              <li key={id}>
                <span className={css.receivedName} title={name}>
                  {name}
                </span>
                <Moment at={receivedAt} />
                <Button
                  size="small"
                  disabled={isTaken || taken.length >= MOST_SAMPLES}
                  aria-label={t('mapper.takeOne', { name })}
                  onClick={() => props.onTake({ id, name, document, event: id })}
                >
                  {t('mapper.useShort')}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <div className={css.ways}>
        <Button size="small" onClick={props.onClose}>
          {t('mapper.closeList')}
        </Button>
      </div>
    </div>
  )
}

/** The order number inside an event's id `<connection>:<order>#<version>`; any other id as it is. */
function orderIn(id: string): string {
  const order = id.slice(id.indexOf(':') + 1)
  const at = order.lastIndexOf('#')
  return at > 0 ? order.slice(0, at) : order
}
