import { type ReactElement, type ReactNode, useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './PageHead.module.css'

/** Heading of a page, also the title of the browser's tab. */
export function PageHead(props: {
  title: string
  /** In place of the title on the page, where it can be changed there. */
  name?: ReactNode
  beside?: ReactNode
  children?: ReactNode
}): ReactElement {
  const { t } = useWords()
  const tab = `${props.title} · ${t('frame.product')}`
  useEffect(() => {
    document.title = tab
  }, [tab])
  return (
    <header className={css.head}>
      <h1 className={css.title}>{props.name ?? props.title}</h1>
      {props.beside && <div className={css.beside}>{props.beside}</div>}
      {props.children && <div className={css.actions}>{props.children}</div>}
    </header>
  )
}
