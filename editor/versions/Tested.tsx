import { CheckCircleFilled, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { BeforePublish } from '../api/draft-contract.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import css from './Tested.module.css'

/** The proof beside the button: what this very draft was tried on, or that it was not, and the way to do so. */
export function Tested(props: { tested: BeforePublish['tested']; onTest: () => void }): ReactElement {
  const { t } = useWords()
  const { tested, onTest } = props
  if (!tested)
    return (
      <span className={css.untested}>
        <WarningFilled aria-hidden /> {t('versions.untested')}
        <Button type="link" size="small" onClick={onTest}>
          {t('versions.test')}
        </Button>
      </span>
    )
  const { orders, changed, at } = tested
  return (
    <span className={css.tested}>
      <CheckCircleFilled aria-hidden />
      <span>
        {t('versions.tested', { orders: countText(orders) })}{' '}
        <span className={css.soft}>
          {changed > 0 ? t('versions.testedChanged', { count: changed }) : t('versions.testedSame')} ·{' '}
          <Moment at={at} />
        </span>
      </span>
    </span>
  )
}
