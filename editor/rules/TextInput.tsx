import { AutoComplete } from 'antd'
import type { ReactElement } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { useSuggestions } from '../forms/suggestions.ts'
import { useWords } from '../i18n/use-words.ts'
import { Picker } from './Picker.tsx'

/** A text: picked where the field holds a code, typed with suggestions where it does not. */
export function TextInput(props: {
  label: string
  field: Pick<FieldSpec, 'path' | 'options'> | undefined
  value: string | undefined
  focusAtOnce: boolean
  onChange: (text: string | undefined, isTyped: boolean) => void
}): ReactElement {
  const { t } = useWords()
  const { label, field, value, focusAtOnce, onChange } = props
  const { values, isClosed } = useSuggestions(field)
  if (isClosed || field?.options) {
    const chosen = values.find(each => each.value === value)?.name ?? value
    const picks = values.map(each => ({
      key: each.value,
      name: each.name,
      found: `${each.name}\n${each.value}`.toLowerCase(),
    }))
    return (
      <Picker
        label={label}
        placeholder={t('rules.choose')}
        chosen={chosen}
        chosenKey={value}
        sections={[{ picks }]}
        search={t('rules.searchValues')}
        asTyped={typed =>
          isClosed || typed === '' || picks.some(({ name }) => name.includes(typed))
            ? undefined
            : { key: typed, name: t('rules.asTyped', { typed }) }
        }
        focusAtOnce={focusAtOnce}
        onPick={key => onChange(key, false)}
      />
    )
  }
  return (
    <AutoComplete
      aria-label={label}
      autoFocus={focusAtOnce}
      style={{ minWidth: 140, flex: '1 1 140px', maxWidth: 320 }}
      placeholder={t('rules.typeText')}
      value={value ?? ''}
      options={values.map(each => ({ value: each.value, label: each.name }))}
      showSearch={{ filterOption: (typed, option) => String(option?.label).includes(typed) }}
      onChange={(text: string) => onChange(text === '' ? undefined : text, true)}
    />
  )
}
