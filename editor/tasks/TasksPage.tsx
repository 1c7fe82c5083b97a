import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { overviewQuery } from '../api/overview.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { OpenTasks } from './OpenTasks.tsx'
import { Quarantine } from './Quarantine.tsx'

/** 待办: what a person must decide, and what a person must mend. */
export function TasksPage(): ReactElement {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const { data } = useQuery(overviewQuery)
  const count = (n: number | undefined) => (n ? countText(n) : '')
  return (
    <>
      <PageHead title={t('frame.tasks')} />
      <Tabs
        aria-label={t('tasks.tabs')}
        activeKey={search.get('tab') === 'quarantine' ? 'quarantine' : 'tasks'}
        onChange={tab => setSearch(tab === 'quarantine' ? { tab } : {}, { replace: true })}
        destroyOnHidden
        items={[
          {
            key: 'tasks',
            label: t('tasks.tabTasks', { n: count(data?.openTasks) }),
            children: <OpenTasks />,
          },
          {
            key: 'quarantine',
            label: t('tasks.tabQuarantine', { n: count(data?.quarantined) }),
            children: <Quarantine />,
          },
        ]}
      />
    </>
  )
}
