import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './forms.module.css'

/** A param: its name, its control, what it means when left out, and what is wrong with it. */
export function Row(props: {
  id: string
  label: string
  isOptional: boolean
  /** The control names itself, so the name above it is only to be seen; or it shows its name as well. */
  isNamed?: boolean | 'shown'
  /** Takes the whole width where rows have their names before them. */
  isWide?: boolean
  note?: string | undefined
  problems: readonly Problem[]
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  const { id, label, isOptional, isNamed = false, note } = props
  const name = (
    <>
      {label}
      {isOptional && <span className={css.optional}>{t('forms.optional')}</span>}
    </>
  )
  return (
    <div className={css.row} data-wide={props.isWide === true || isNamed === 'shown'}>
      {isNamed === 'shown' ? null : isNamed ? (
        <div className={css.label} aria-hidden="true">
          {name}
        </div>
      ) : (
        <label className={css.label} htmlFor={id}>
          {name}
        </label>
      )}
      <div className={css.control}>{props.children}</div>
      {note && (
        <p className={css.note} id={`${id}-note`}>
          {note}
        </p>
      )}
      <ProblemLines id={`${id}-problems`} problems={props.problems} />
    </div>
  )
}

/** Problems in words; errors are announced as they appear. */
export function ProblemLines({
  id,
  problems,
}: {
  id?: string
  problems: readonly Problem[]
}): ReactElement | null {
  const { say } = useWords()
  if (problems.length === 0) return null
  return (
    <ul className={css.problems} id={id}>
      {problems.map(({ code, param, at, severity, message }) => (
        <li key={`${code}${param}${at}${message.en}`} data-severity={severity}>
          {severity === 'error' ? <ExclamationCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}{' '}
          {say(message)}
        </li>
      ))}
    </ul>
  )
}
