import { Radio } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { ChoiceControl } from './ChoiceControl.tsx'
import type { ControlProps } from './field-props.ts'
import { suitedField } from './fields-among.ts'
import { MoneyControl, NumberControl } from './NumberControl.tsx'
import { usePlace } from './place.ts'
import { hintsOf } from './schema.ts'
import { TextControl } from './TextControl.tsx'

/** A value of the type of the field it is for. */
export function ScalarControl(props: ControlProps): ReactElement {
  const { t } = useWords()
  const { scope } = usePlace()
  const { label, schema, value, beside, onChange } = props
  const { suits } = hintsOf(schema)
  const field = suits === undefined ? undefined : suitedField(beside.values[suits], scope)
  const type = field?.type ?? typeof value
  if (field?.options) {
    const options = Object.fromEntries(field.options.map(each => [each.value, each.name]))
    return <ChoiceControl {...props} isRequired schema={{ ui: { options } }} />
  }
  if (type === 'boolean')
    return (
      <Radio.Group
        aria-label={label}
        value={value}
        options={[
          { value: true, label: t('forms.yes') },
          { value: false, label: t('forms.no') },
        ]}
        onChange={event => onChange((event.target as { readonly value: unknown }).value)}
      />
    )
  if (type === 'money') return <MoneyControl {...props} />
  return type === 'number' ? <NumberControl {...props} /> : <TextControl {...props} />
}
