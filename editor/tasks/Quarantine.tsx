import { FileProtectOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { QuarantineEntry } from '../api/contract.ts'
import { connectionsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import { SidePanel } from '../parts/SidePanel.tsx'
import { unwrapped } from './json-document.ts'
import { Mend } from './Mend.tsx'
import { ProblemText } from './ProblemText.tsx'
import css from './Quarantine.module.css'
import { quarantineQuery } from './queries.ts'

const PROBLEMS_SHOWN = 3
const SHOWN_CHARACTERS = 240

/** Order messages that could not be read, each with what is wrong; one opens beside the list to be mended. */
export function Quarantine(): ReactElement {
  const { t } = useWords()
  const [trail, setTrail] = useState(firstPage)
  const [open, setOpen] = useState<QuarantineEntry>()
  const [shown, setShown] = useState<QuarantineEntry>()
  if (open && open !== shown) setShown(open)
  const connections = useQuery(connectionsQuery)
  const entries = useQuery({
    ...quarantineQuery(trail.at(-1)),
    placeholderData: keepPreviousData,
    refetchInterval: trail.length === 1 ? 5_000 : false,
  })
  const nameOf = (id: string) => connections.data?.items.find(each => each.id === id)?.name ?? id
  const rows = entries.data?.items ?? []
  return (
    <>
      <div className={panel.panel}>
        {entries.isPending ? (
          <Loading />
        ) : entries.isError && !entries.data ? (
          <Failed failure={entries.error} onRetry={() => void entries.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<FileProtectOutlined aria-hidden />}
            title={t('tasks.quarantineEmptyTitle')}
            text={t('tasks.quarantineEmptyText')}
          />
        ) : (
          <ul>
            {rows.map(entry => (
              <li key={entry.id}>
                <button type="button" className={css.entry} onClick={() => setOpen(entry)}>
                  <span className={css.head}>
                    <span className={css.count}>{t('tasks.problems', { count: entry.problems.length })}</span>
                    <span className={css.from}>
                      {t('tasks.fromConnection', { connection: nameOf(entry.connection) })}
                    </span>
                    <span className={css.at}>
                      <Moment at={entry.at} />
                    </span>
                  </span>
                  {entry.problems.slice(0, PROBLEMS_SHOWN).map(problem => (
                    <ProblemText key={`${problem.field}/${problem.code}`} problem={problem} />
                  ))}
                  <span className={css.body}>{unwrapped(entry.body).slice(0, SHOWN_CHARACTERS)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Pager trail={trail} next={entries.data?.next} rows={rows.length} onMove={setTrail} />
      <SidePanel
        open={open !== undefined}
        title={shown && t('tasks.fromConnection', { connection: nameOf(shown.connection) })}
        width={960}
        onClose={() => setOpen(undefined)}
      >
        {shown && <Mend key={shown.id} entry={shown} onGone={() => setOpen(undefined)} />}
      </SidePanel>
    </>
  )
}
