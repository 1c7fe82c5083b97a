import { RightOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { Overview } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './Attention.module.css'
import { Unclaimed } from './Unclaimed.tsx'

/** What waits for a person, each a click from where it is done. */
export function Attention({ totals }: { totals: Overview }): ReactElement {
  const { t, language } = useWords()
  const calls = [
    { key: 'tasks', count: totals.openTasks, word: 'overview.openTasks', to: '/tasks' },
    {
      key: 'quarantine',
      count: totals.quarantined,
      word: 'overview.quarantined',
      to: '/tasks?tab=quarantine',
    },
    { key: 'failed', count: totals.failed, word: 'overview.failedRuns', to: '/workflows?runs=failed' },
  ] as const
  const open = calls.filter(call => call.count > 0)
  const { held, unclaimed, warnings } = totals
  const isCalm = open.length + held.length + warnings.length + unclaimed === 0
  return (
    <section className={css.attention}>
      <h2 className={css.title}>{t('overview.needsSomeone')}</h2>
      {isCalm ? (
        <p className={css.calm}>{t('overview.nothingToDo')}</p>
      ) : (
        <ul>
          {warnings.map(({ code, message, messageEn }) => (
            <li key={code} className={css.warning}>
              {language === 'zh' ? message : messageEn}
            </li>
          ))}
          {held.map(({ workflow, name, orders }) => (
            <li key={workflow}>
              <Link to={`/workflows/${encodeURIComponent(workflow)}?view=live`} className={css.call}>
                <span>{t('overview.held', { name, count: orders })}</span>
                <RightOutlined className={css.arrow} />
              </Link>
            </li>
          ))}
          {open.map(({ key, count, word, to }) => (
            <li key={key}>
              <Link to={to} className={css.call}>
                <span>{t(word, { count })}</span>
                <RightOutlined className={css.arrow} />
              </Link>
            </li>
          ))}
          {unclaimed > 0 && (
            <li>
              <Unclaimed count={unclaimed} />
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
