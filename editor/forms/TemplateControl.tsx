import { Input, type InputRef } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea.js'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { useWords } from '../i18n/use-words.ts'
import { distinctName, searchText, typedField } from '../rules/catalog.ts'
import { typeHint } from '../rules/field-sections.ts'
import { Picker } from '../rules/Picker.tsx'
import type { ControlProps } from './field-props.ts'
import css from './forms.module.css'
import { usePlace } from './place.ts'
import { filledTemplate, shownTemplate, storedTemplate } from './template-text.ts'

/** A text with fields in it, each as its name in braces; put in from a list, and shown filled from the sample. */
export function TemplateControl(props: ControlProps): ReactElement {
  const { t, say } = useWords()
  const { id, path, value, isRequired, isBad, describedBy, onChange } = props
  const { scope, sometimes, sample } = usePlace()
  const fields = useMemo(() => [...scope, ...sometimes].filter(({ open }) => !open), [scope, sometimes])
  const names = useMemo(
    () => new Map(fields.map(field => [field.path, distinctName(field, fields, { t, say })])),
    [fields, t, say],
  )
  const stored = typeof value === 'string' ? value : ''
  const shown = shownTemplate(stored, names)
  const [typed, setTyped] = useState({ text: shown, stored })
  if (typed.stored !== stored) setTyped({ text: shown, stored })
  const area = useRef<TextAreaRef & InputRef>(null)
  const change = (text: string) => {
    const next = storedTemplate(text, names)
    setTyped({ text, stored: next })
    onChange(next === '' && !isRequired ? undefined : next, path)
  }
  const insert = (key: string) => {
    const box = area.current?.resizableTextArea?.textArea
    const hole = `{${names.get(key) ?? key}}`
    const [from, to] = [box?.selectionStart ?? typed.text.length, box?.selectionEnd ?? typed.text.length]
    change(typed.text.slice(0, from) + hole + typed.text.slice(to))
    // The caret goes behind the field once the text is drawn.
    requestAnimationFrame(() => {
      box?.focus()
      box?.setSelectionRange(from + hole.length, from + hole.length)
    })
  }
  return (
    <div className={css.template}>
      <Input.TextArea
        id={id}
        ref={area}
        autoSize={{ minRows: 1, maxRows: 8 }}
        status={isBad ? 'error' : ''}
        aria-invalid={isBad}
        aria-required={isRequired}
        aria-describedby={describedBy}
        value={typed.text}
        onChange={event => change(event.target.value)}
        onBlur={() => setTyped({ text: shownTemplate(stored, names), stored })}
      />
      <Picker
        label={t('forms.insertField')}
        placeholder={t('forms.insertField')}
        plain
        search={t('forms.searchFields')}
        none={t('forms.noneYet')}
        sections={[{ picks: fields.map(field => pickOf(field)) }]}
        onPick={insert}
      />
      {sample && stored.includes('{') && (
        <p className={css.preview}>
          <span className={css.previewLabel}>{t('forms.preview')}</span>{' '}
          {filledTemplate(stored, fields, sample.data)}
        </p>
      )}
    </div>
  )

  function pickOf(field: FieldSpec) {
    const name = names.get(field.path) ?? field.path
    return {
      key: field.path,
      name,
      hint: typeHint(typedField(field), { t, say }),
      found: searchText(name, field),
    }
  }
}
