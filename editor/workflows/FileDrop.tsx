import { ImportOutlined } from '@ant-design/icons'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './FileDrop.module.css'

/** A page files may be dropped on; says so while one is held over it. */
export function FileDrop(props: {
  onFiles: (files: readonly File[]) => void
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  const [over, setOver] = useState(false)
  // Leaving a part of the page for another is told as leaving as well.
  const depth = useRef(0)
  const holdsFiles = (data: DataTransfer) => data.types.includes('Files')
  return (
    <section
      aria-label={t('frame.workflows')}
      className={css.area}
      onDragEnter={event => {
        if (!holdsFiles(event.dataTransfer)) return
        depth.current++
        setOver(true)
      }}
      onDragOver={event => holdsFiles(event.dataTransfer) && event.preventDefault()}
      onDragLeave={event => {
        if (!holdsFiles(event.dataTransfer)) return
        depth.current--
        setOver(depth.current > 0)
      }}
      onDrop={event => {
        if (!holdsFiles(event.dataTransfer)) return
        event.preventDefault()
        depth.current = 0
        setOver(false)
        props.onFiles([...event.dataTransfer.files])
      }}
    >
      {props.children}
      {over && (
        <div className={css.hint}>
          <ImportOutlined aria-hidden /> {t('workflows.dropHere')}
        </div>
      )}
    </section>
  )
}
