import { Button, Input } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { AddField } from './AddField.tsx'
import { leavesOf, pathText, readDocument, withLeaf } from './json-document.ts'
import css from './Mend.module.css'

const FIELDS_SHOWN = 300
/** From this many fields on, finding one takes a filter. */
const FILTER_FROM = 12

/** A document as a form: one line per value, what was changed marked and undone by a click. */
export function FieldEditor(props: {
  document: unknown
  /** The text the document began as. */
  original: string
  onChange: (document: unknown) => void
}): ReactElement {
  const { t } = useWords()
  const { document, original, onChange } = props
  const [filter, setFilter] = useState('')
  const before = useMemo(() => {
    const reading = readDocument(original)
    const leaves = 'document' in reading ? leavesOf(reading.document, FIELDS_SHOWN) : []
    return new Map(leaves.map(leaf => [pathText(leaf.path), leaf.text]))
  }, [original])
  const leaves = leavesOf(document, FIELDS_SHOWN)

  const wanted = filter.trim().toLowerCase()
  const shown = leaves.filter(
    ({ path, text }) => pathText(path).toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted),
  )
  return (
    <>
      {leaves.length > FILTER_FROM && (
        <Input
          className={css.filter}
          allowClear
          placeholder={t('tasks.fieldsFilter')}
          aria-label={t('tasks.fieldsFilter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
        />
      )}
      {shown.length === 0 && wanted !== '' && <p className={css.hint}>{t('tasks.noFieldMatches')}</p>}
      <ul className={css.fields}>
        {shown.map(({ path, text }) => {
          const name = pathText(path)
          const was = before.get(name)
          const isChanged = was !== text
          return (
            <li key={name} className={css.row}>
              <label className={css.name} htmlFor={`field:${name}`}>
                {name}
              </label>
              <Input
                id={`field:${name}`}
                value={text}
                onChange={event => onChange(withLeaf(document, path, event.target.value))}
              />
              {isChanged && was === undefined && <span className={css.hint}>{t('tasks.added')}</span>}
              {isChanged && was !== undefined && (
                <Button
                  size="small"
                  type="link"
                  title={t('tasks.changed')}
                  onClick={() => onChange(withLeaf(document, path, was))}
                >
                  {t('tasks.undo')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {leaves.length === FIELDS_SHOWN && (
        <p className={css.hint}>{t('tasks.tooManyFields', { count: FIELDS_SHOWN })}</p>
      )}
      <AddField document={document} onChange={onChange} />
    </>
  )
}
