import { Button } from 'antd'
import { type KeyboardEvent, type ReactElement, useMemo, useState } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { readCondition } from '../../server/workflow/table/read/condition.ts'
import { useWords } from '../i18n/use-words.ts'
import { CellInput } from './CellInput.tsx'
import { completions } from './completions.ts'
import css from './TableLine.module.css'
import { whenWords } from './table-sheet.ts'

/**
 * The condition of a row as a sentence that can be written over: what is understood becomes the condition, what is
 * not stays as it was written, for the person to pick instead.
 */
export function WhenCell(props: {
  row: number
  when: unknown
  fields: readonly FieldSpec[]
  invalid: string | undefined
  onChange: (when: unknown) => void
  onPick: () => void
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
}): ReactElement {
  const { row, when, fields, invalid, onChange, onPick, onKey } = props
  const { t, language } = useWords()
  const [draft, setDraft] = useState<string>()
  const [isLocked, setLocked] = useState(false)
  const shown = whenWords(when, fields)[language]
  const text = draft ?? shown
  const unread = typeof when === 'string' ? when : undefined
  const written = draft ?? unread
  const reading = useMemo(
    () => (written === undefined || written.trim() === '' ? undefined : readCondition(written, fields)),
    [written, fields],
  )
  const keep = () => {
    if (draft === undefined) return
    setDraft(undefined)
    const words = draft.trim()
    if (words === shown) return
    onChange(words === '' ? undefined : reading?.isSure ? reading.rule : words)
  }
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'F2' || (isLocked && event.key === 'Enter')) {
      onPick()
      return true
    }
    return onKey(event)
  }
  return (
    <div className={css.when}>
      <div className={css.whenLine}>
        <CellInput
          label={t('tables.whenOf', { n: row })}
          cell="when"
          value={text}
          placeholder={t('tables.whenPlaceholder')}
          invalid={invalid ?? (isLocked ? t('tables.longRule') : undefined)}
          readOnly={isLocked}
          suggestions={draft === undefined ? undefined : completions(draft, fields, language)}
          // A sentence that does not read back as this very condition may not be written over.
          onFocus={() => setLocked(!isSameRead(shown, when, fields))}
          onChange={setDraft}
          onSuggestion={setDraft}
          onLeave={keep}
          onKey={key}
        />
        <button
          type="button"
          className={css.pick}
          aria-label={t('tables.pickOf', { n: row })}
          tabIndex={-1}
          onMouseDown={event => event.preventDefault()}
          onClick={onPick}
        >
          {t('tables.pick')}
        </button>
      </div>
      {written !== undefined && written.trim() !== '' && (
        <Reading
          written={written}
          reading={reading}
          fields={fields}
          isKept={draft === undefined}
          onTake={rule => {
            setDraft(undefined)
            onChange(rule)
          }}
        />
      )}
    </div>
  )
}

/** What was understood of the words, or that nothing was. */
function Reading(props: {
  written: string
  reading: ReturnType<typeof readCondition>
  fields: readonly FieldSpec[]
  isKept: boolean
  onTake: (rule: unknown) => void
}): ReactElement | null {
  const { written, reading, fields, isKept, onTake } = props
  const { t, language } = useWords()
  if (!reading) return isKept ? <p className={css.unread}>{t('tables.notRead')}</p> : null
  const words = whenWords(reading.rule, fields)[language]
  if (reading.isSure)
    return words === written ? null : <p className={css.reading}>{t('tables.readAs', { words })}</p>
  return (
    <p className={css.unread}>
      {t('tables.meant', { words })}
      <Button
        size="small"
        type="link"
        onMouseDown={event => event.preventDefault()}
        onClick={() => onTake(reading.rule)}
      >
        {t('tables.takeMeant')}
      </Button>
    </p>
  )
}

function isSameRead(words: string, when: unknown, fields: readonly FieldSpec[]): boolean {
  if (when === undefined || typeof when === 'string') return true
  const reading = readCondition(words, fields)
  return reading !== undefined && whenWords(reading.rule, fields).zh === whenWords(when, fields).zh
}
