import { Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { isRecord } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import { Picker } from '../rules/Picker.tsx'
import type { ControlProps } from './field-props.ts'
import { choicesOf, hintsOf } from './schema.ts'

const MOST_RADIOS = 4

/** One of a few: all of them to be seen. One of many: a list. */
export function ChoiceControl(props: ControlProps): ReactElement {
  const { t, say } = useWords()
  const { id, label, path, schema, value, isRequired, onChange } = props
  const options = choicesOf(schema) ?? []
  const { isOpen } = hintsOf(schema)
  const held = typeof value === 'string' && value !== '' ? value : undefined
  const chosen = held ?? (typeof schema.default === 'string' ? schema.default : undefined)
  const isShort = options.length <= MOST_RADIOS && !isOpen
  if (isShort && (isRequired || schema.default !== undefined))
    return (
      <Radio.Group
        id={id}
        aria-label={label}
        value={chosen}
        options={options.map(each => ({ value: each.value, label: say(each.name) }))}
        onChange={event => onChange((event.target as { readonly value: unknown }).value)}
      />
    )
  const known = options.find(each => each.value === chosen)
  return (
    <Picker
      label={label}
      placeholder={t('forms.choose')}
      chosen={known ? say(known.name) : chosen}
      chosenKey={chosen}
      search={isOpen || options.length > 10 ? t('forms.searchOrType') : undefined}
      sections={[
        {
          picks: options.map(each => ({
            key: each.value,
            name: say(each.name),
            found: `${say(each.name)}\n${each.value}`.toLowerCase(),
          })),
        },
      ]}
      asTyped={typed =>
        isOpen && typed !== '' ? { key: typed, name: t('forms.asTyped', { typed }) } : undefined
      }
      onPick={key => onChange(key, path)}
    />
  )
}

/** Several of what there is; others may be typed where the list is only what is usual. */
export function ChoicesControl(props: ControlProps): ReactElement {
  const { t, say } = useWords()
  const { id, label, schema, value, isRequired, isBad, describedBy, onChange } = props
  const items = isRecord(schema.items) ? schema.items : {}
  const options = (choicesOf(items) ?? []).map(each => ({ value: each.value, label: say(each.name) }))
  const held = Array.isArray(value) ? value : Array.isArray(schema.default) ? schema.default : []
  return (
    <Select<string[]>
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      mode={hintsOf(items).isOpen ? 'tags' : 'multiple'}
      status={isBad ? 'error' : ''}
      placeholder={isRequired ? t('forms.choose') : t('forms.all')}
      options={options}
      optionFilterProp="label"
      value={held.map(String)}
      onChange={next =>
        onChange(next.length === 0 && !isRequired && schema.default === undefined ? undefined : next)
      }
    />
  )
}
