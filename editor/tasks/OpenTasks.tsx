import { CheckSquareOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import css from './OpenTasks.module.css'
import { tasksQuery } from './queries.ts'
import { TaskRow } from './TaskRow.tsx'

/** Tasks that wait for a person's decision. */
export function OpenTasks(): ReactElement {
  const { t } = useWords()
  const [trail, setTrail] = useState(firstPage)
  const tasks = useQuery({
    ...tasksQuery(trail.at(-1)),
    placeholderData: keepPreviousData,
    refetchInterval: trail.length === 1 ? 5_000 : false,
  })
  const rows = tasks.data?.items ?? []
  return (
    <>
      <div className={panel.panel}>
        {tasks.isPending ? (
          <Loading />
        ) : tasks.isError && !tasks.data ? (
          <Failed failure={tasks.error} onRetry={() => void tasks.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<CheckSquareOutlined aria-hidden />}
            title={t('tasks.emptyTitle')}
            text={t('tasks.emptyText')}
          />
        ) : (
          <ul className={css.tasks}>
            {rows.map(task => (
              <TaskRow key={task.id} task={task} />
            ))}
          </ul>
        )}
      </div>
      <Pager trail={trail} next={tasks.data?.next} rows={rows.length} onMove={setTrail} />
    </>
  )
}
