import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { ControlProps } from './field-props.ts'
import { suitedField } from './fields-among.ts'
import { usePlace } from './place.ts'
import { hintsOf } from './schema.ts'
import { useSuggestions } from './suggestions.ts'

/** A text of one line, or of several where it may be long. */
export function TextControl(props: ControlProps): ReactElement {
  const { id, path, schema, value, isRequired, isBad, describedBy, onChange } = props
  const isLong = typeof schema.maxLength === 'number' && schema.maxLength > 300
  const shared = {
    id,
    value: typeof value === 'string' ? value : '',
    status: isBad ? 'error' : '',
    'aria-invalid': isBad,
    'aria-required': isRequired,
    'aria-describedby': describedBy,
    placeholder: typeof schema.default === 'string' ? schema.default : undefined,
  } as const
  // A text that need not be given is not there when it is empty.
  const change = (text: string) => onChange(text === '' && !isRequired ? undefined : text, path)
  return isLong ? (
    <Input.TextArea
      {...shared}
      autoSize={{ minRows: 2, maxRows: 10 }}
      onChange={event => change(event.target.value)}
    />
  ) : (
    <Input {...shared} autoComplete="off" onChange={event => change(event.target.value)} />
  )
}

/** A list of texts or numbers, typed one after the other. */
export function TextsControl(props: ControlProps): ReactElement {
  const { t } = useWords()
  const { scope } = usePlace()
  const { id, label, schema, value, beside, isRequired, isBad, describedBy, onChange } = props
  const { suits } = hintsOf(schema)
  const { values: known } = useSuggestions(
    suits === undefined ? undefined : suitedField(beside.values[suits], scope),
  )
  const values = Array.isArray(value) ? value : []
  // Values that are no texts stay what they are; only new ones are typed.
  const held = new Map(values.map(each => [String(each), each as unknown]))
  const isNumbers = (schema.items as { readonly type?: unknown } | undefined)?.type === 'number'
  return (
    <Select<string[]>
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      mode="tags"
      {...(known.length === 0 && { open: false, suffixIcon: null })}
      options={known.map(each => ({ value: each.value, label: each.name }))}
      optionFilterProp="label"
      status={isBad ? 'error' : ''}
      placeholder={t('forms.typeSeveral')}
      tokenSeparators={[',', '，', '、', '\n']}
      value={[...held.keys()]}
      onChange={texts => {
        const next = texts.map(text => held.get(text) ?? (isNumbers ? Number(text) : text))
        onChange(next.length === 0 && !isRequired ? undefined : next)
      }}
    />
  )
}
