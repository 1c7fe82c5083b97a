import { Checkbox, Radio } from 'antd'
import type { ReactElement } from 'react'
import type { SchemaPart } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import type { ControlProps } from './field-props.ts'

/** Yes or no; with a third answer where leaving it out means neither. */
export function BooleanControl(props: ControlProps): ReactElement {
  const { t } = useWords()
  const { id, label, schema, value, isRequired, describedBy, onChange } = props
  if (isTick(schema, isRequired))
    return (
      <Checkbox
        id={id}
        aria-describedby={describedBy}
        checked={typeof value === 'boolean' ? value : schema.default === true}
        onChange={event => onChange(event.target.checked)}
      >
        {label}
      </Checkbox>
    )
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      value={typeof value === 'boolean' ? value : 'unset'}
      options={[
        { value: 'unset', label: t('forms.unset') },
        { value: true, label: t('forms.yes') },
        { value: false, label: t('forms.no') },
      ]}
      onChange={event => {
        const { value: next } = event.target as { readonly value: unknown }
        onChange(typeof next === 'boolean' ? next : undefined)
      }}
    />
  )
}

/** Whether it is asked by a box to tick, which has its name beside it. */
export function isTick(schema: SchemaPart, isRequired: boolean): boolean {
  return typeof schema.default === 'boolean' || isRequired
}
