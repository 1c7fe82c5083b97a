import type { ReactElement, ReactNode } from 'react'
import css from './Notice.module.css'

/** In place of content that is not there: a picture, one sentence, and the next right thing to do. */
export function Notice(props: {
  picture: ReactNode
  title?: string
  text: string
  action?: ReactNode
  role?: 'alert'
}): ReactElement {
  return (
    <div className={css.notice} role={props.role}>
      <div className={css.picture}>{props.picture}</div>
      {props.title && <h2 className={css.title}>{props.title}</h2>}
      <p className={css.text}>{props.text}</p>
      {props.action}
    </div>
  )
}
