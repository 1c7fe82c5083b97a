import { StopOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { FrozenSku } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import { Moment } from '../parts/Moment.tsx'
import { SignFirst } from '../tasks/SignFirst.tsx'
import css from './OffSale.module.css'
import { frozenQuery } from './queries.ts'
import { usePutBack } from './use-put-back.ts'

/** The SKUs that are off sale at all shops: since when, why, by which run; and the way back. Nothing where none is. */
export function OffSale(): ReactElement | null {
  const { t } = useWords()
  const frozen = useQuery(frozenQuery)
  const items = frozen.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className={css.frozen} aria-label={t('stock.offSale')}>
      <h2 className={css.title}>
        <StopOutlined aria-hidden /> {t('stock.offSaleCount', { count: items.length })}
      </h2>
      <ul className={css.list}>
        {items.map(each => (
          <OffSaleRow key={each.sku} frozen={each} />
        ))}
      </ul>
    </section>
  )
}

function OffSaleRow({ frozen }: { frozen: FrozenSku }): ReactElement {
  const { t } = useWords()
  const { signature } = useStore(preferences)
  const [unsigned, setUnsigned] = useState(false)
  const putBack = usePutBack(frozen.sku)
  const { sku, reason, run, places, at, until } = frozen
  const byHand = places.filter(({ how }) => how === 'hand').map(({ name }) => name)
  return (
    <li className={css.row}>
      <div className={css.words}>
        <p>
          <strong className={css.sku}>{sku}</strong> {reason}
        </p>
        <p className={css.facts}>
          <span>
            {t('stock.frozenSince')} <Moment at={at} />
          </span>
          {until && (
            <span>
              {t('stock.frozenUntil')} <Moment at={until} />
            </span>
          )}
          {places.length > 0 && (
            <span>{t('stock.frozenAt', { shops: places.map(({ name }) => name).join('、') })}</span>
          )}
          {byHand.length > 0 && (
            <span className={css.byHand}>{t('stock.frozenByHand', { shops: byHand.join('、') })}</span>
          )}
          {run && <Link to={`/runs/${encodeURIComponent(run)}`}>{t('stock.frozenWhy')}</Link>}
        </p>
      </div>
      <Button
        loading={putBack.isPending}
        disabled={putBack.isSuccess}
        aria-label={t('stock.putBackSku', { sku })}
        onClick={() => (signature.trim() ? putBack.mutate() : setUnsigned(true))}
      >
        {t('stock.putBack')}
      </Button>
      <SignFirst
        open={unsigned}
        onSigned={() => {
          setUnsigned(false)
          putBack.mutate()
        }}
        onCancel={() => setUnsigned(false)}
      />
    </li>
  )
}
