import { Button, InputNumber, Radio } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { Settings } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import css from './PaceControl.module.css'
import { useSetPace } from './settings.ts'

/** What most shops' other systems keep up with. */
const USUAL = 500
const MOST = 1_000_000

/** As fast as possible, or so many orders a second. */
export function PaceForm({ settings, onDone }: { settings: Settings; onDone: () => void }): ReactElement {
  const { t } = useWords()
  const { drainPerSecond, changedBy, changedAt } = settings
  const [isLimited, setIsLimited] = useState(drainPerSecond > 0)
  const [limit, setLimit] = useState<number | null>(drainPerSecond || USUAL)
  const set = useSetPace()
  const isUnsaid = isLimited && limit === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isUnsaid) set.mutate(isLimited ? limit! : 0, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit}>
      <Radio.Group
        className={css.choices ?? ''}
        aria-label={t('overview.pace')}
        value={isLimited}
        onChange={({ target }) => setIsLimited(target.value as boolean)}
      >
        <Radio value={false}>{t('overview.paceFree')}</Radio>
        <Radio value={true}>{t('overview.paceLimited')}</Radio>
      </Radio.Group>
      <InputNumber<number>
        className={css.number ?? ''}
        aria-label={t('overview.paceNumber')}
        disabled={!isLimited}
        min={1}
        max={MOST}
        precision={0}
        placeholder={String(USUAL)}
        status={isUnsaid ? 'error' : ''}
        suffix={t('overview.perSecond')}
        value={limit}
        onChange={setLimit}
      />
      <p className={css.why}>{t('overview.paceWhy')}</p>
      <div className={css.foot}>
        <span className={css.by}>
          {changedAt && (
            <>
              {t('overview.paceChanged')} <Moment at={changedAt} /> {changedBy}
            </>
          )}
        </span>
        <Button type="primary" size="small" htmlType="submit" disabled={isUnsaid} loading={set.isPending}>
          {t('overview.paceApply')}
        </Button>
      </div>
    </form>
  )
}
