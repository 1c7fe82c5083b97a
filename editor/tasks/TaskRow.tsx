import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { Task } from '../api/contract.ts'
import { durationText, fullInstant } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import { isAboutSku, subjectPath } from '../parts/subject-path.ts'
import { useNow } from '../parts/use-now.ts'
import css from './OpenTasks.module.css'
import { SignFirst } from './SignFirst.tsx'
import { useDecide } from './use-decide.ts'

/** One task: what it is about, how long it waits, and the ways it can be decided. */
export function TaskRow({ task }: { task: Task }): ReactElement {
  const { t, say } = useWords()
  const { signature } = useStore(preferences)
  const [unsigned, setUnsigned] = useState<string>()
  const now = useNow(30_000)
  const decide = useDecide(task)
  const choose = (choice: string) => {
    if (signature.trim()) decide.mutate(choice)
    else setUnsigned(choice)
  }
  return (
    <li className={css.task}>
      <div className={css.words}>
        <h2 className={css.title}>{task.title}</h2>
        {task.detail && <p className={css.detail}>{task.detail}</p>}
        <p className={css.facts}>
          {task.orderId && (
            <Link to={subjectPath(task.order, task.orderId)}>
              {t(isAboutSku(task.order) ? 'tasks.skuLink' : 'tasks.orderLink', { order: task.orderId })}
            </Link>
          )}
          <span title={fullInstant(task.createdAt)}>
            {t('tasks.waited', { duration: durationText(Math.max(0, now - Date.parse(task.createdAt)), t) })}
          </span>
        </p>
      </div>
      <div className={css.choices}>
        {task.choices.map(({ id, name }) => (
          <Button
            key={id}
            type={task.choices.length === 1 ? 'primary' : 'default'}
            disabled={decide.isPending || decide.isSuccess}
            loading={decide.isPending && decide.variables === id}
            onClick={() => choose(id)}
          >
            {say(name)}
          </Button>
        ))}
      </div>
      <SignFirst
        open={unsigned !== undefined}
        onSigned={() => {
          if (unsigned !== undefined) decide.mutate(unsigned)
          setUnsigned(undefined)
        }}
        onCancel={() => setUnsigned(undefined)}
      />
    </li>
  )
}
