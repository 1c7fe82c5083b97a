import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { parcelLegs, parcelStates } from '../../server/workflow/parcel-words.ts'
import type { RunStatus } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import css from './OrderParcels.module.css'
import { type Parcel, type ParcelState, parcelQuery, parcelsQuery } from './parcel-queries.ts'

/** Where the parcels of an order are, each with its route; nothing while it has none. */
export function OrderParcels({ order }: { order: string }): ReactElement | null {
  const { t } = useWords()
  const parcels = useQuery(parcelsQuery(order))
  if (parcels.isError) return <Failed failure={parcels.error} onRetry={() => void parcels.refetch()} />
  const items = parcels.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className={css.parcels}>
      <h2>{t('orders.parcels')}</h2>
      {items.map(parcel => (
        <OneParcel key={parcel.id} parcel={parcel} />
      ))}
    </section>
  )
}

function OneParcel({ parcel }: { parcel: Parcel }): ReactElement {
  const { t, say } = useWords()
  return (
    <div className={css.parcel}>
      <p className={css.head}>
        <StateMark status={markOf(parcel.state)} word={say(parcelStates[parcel.state])} />
        <span>{say(parcel.carrierName)}</span>
        <span className={css.waybill}>{parcel.waybill}</span>
        <CopyButton text={parcel.waybill} />
        {parcel.leg !== 'out' && <span className={css.faint}>{say(parcelLegs[parcel.leg])}</span>}
      </p>
      {parcel.refused && <p className={css.refused}>{t('orders.parcelRefused', { why: parcel.refused })}</p>}
      <Route parcel={parcel} />
    </div>
  )
}

function Route({ parcel }: { parcel: Parcel }): ReactElement {
  const { t } = useWords()
  const route = useQuery(parcelQuery(parcel.id))
  if (route.isError) return <Failed failure={route.error} onRetry={() => void route.refetch()} />
  if (!route.data) return <Loading rows={3} />
  if (route.data.nodes.length === 0)
    return <p className={css.faint}>{t(parcel.askedAt ? 'orders.parcelNoRoute' : 'orders.parcelNotAsked')}</p>
  return (
    <>
      <ol className={css.route}>
        {route.data.nodes.map(node => (
          <li key={`${node.at} ${node.text}`} className={css.node} data-mark={markOf(node.state)}>
            <span className={css.when}>
              <Moment at={node.at} />
            </span>
            <span>
              {node.text}
              {node.place && !node.text.includes(node.place) && (
                <span className={css.faint}> {node.place}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {parcel.askedAt && (
        <p className={css.faint}>
          {t('orders.parcelAsked')} <Moment at={parcel.askedAt} />
        </p>
      )}
    </>
  )
}

function markOf(state: ParcelState): RunStatus {
  if (state === 'signed') return 'done'
  return state === 'exception' || state === 'returning' || state === 'returned' ? 'failed' : 'waiting'
}
