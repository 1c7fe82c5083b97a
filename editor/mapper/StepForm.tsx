import { Button, Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { CasesForm } from './CasesForm.tsx'
import type { Transform } from './language.ts'
import type { Step } from './rules.ts'
import css from './StepForm.module.css'
import { type Option, optionsOf, typedValue } from './step-words.ts'
import { TableForm } from './TableForm.tsx'
import { TemplateForm } from './TemplateForm.tsx'

/** The options of one step as a small form. */
export function StepForm(props: {
  step: Step
  transform: Transform | undefined
  inItems: boolean
  isFirst: boolean
  onChange: (step: Step) => void
  onEarlier: () => void
  onRemove: () => void
}): ReactElement {
  const { t } = useWords()
  const { step, transform, onChange } = props
  const options = transform ? optionsOf(transform) : []
  return (
    <div className={css.form}>
      {options.map(option => (
        <OptionField
          key={option.name}
          option={option}
          value={step[option.name]}
          inItems={props.inItems}
          onChange={value => {
            const { [option.name]: _, ...rest } = step
            onChange(value === undefined ? { ...rest, use: step.use } : { ...step, [option.name]: value })
          }}
        />
      ))}
      <div className={css.actions}>
        {!props.isFirst && (
          <Button size="small" onClick={props.onEarlier}>
            {t('mapper.stepEarlier')}
          </Button>
        )}
        <Button size="small" danger onClick={props.onRemove}>
          {t('mapper.removeStep')}
        </Button>
      </div>
    </div>
  )
}

function OptionField(props: {
  option: Option
  value: unknown
  inItems: boolean
  onChange: (value: unknown) => void
}): ReactElement {
  const { t, say } = useWords()
  const { option, value, onChange } = props
  const label = say(option.label)
  switch (option.kind) {
    case 'flag':
      return (
        <Checkbox
          checked={value === true}
          onChange={({ target: { checked } }) => onChange(checked ? true : undefined)}
        >
          {label}
        </Checkbox>
      )
    case 'table':
      return <TableForm label={label} value={value} onChange={onChange} />
    case 'cases':
      return <CasesForm label={label} value={value} onChange={onChange} />
    case 'template':
      return <TemplateForm label={label} value={value} inItems={props.inItems} onChange={onChange} />
    case 'choice':
      return (
        <div className={css.option}>
          <span>{label}</span>
          <Select
            size="small"
            aria-label={label}
            value={(value ?? option.initial) as string | undefined}
            options={option.choices.map(({ value: each, name }) => ({ value: each, label: say(name) }))}
            onChange={onChange}
          />
        </div>
      )
    case 'words':
      return (
        <div className={css.option}>
          <span>{label}</span>
          <Select
            size="small"
            mode="tags"
            open={false}
            suffixIcon={null}
            aria-label={label}
            placeholder={t('mapper.wordsHint')}
            value={Array.isArray(value) ? (value as string[]) : []}
            onChange={words => onChange(words.length > 0 ? words : undefined)}
          />
        </div>
      )
    default:
      return (
        <div className={css.option}>
          <span>{label}</span>
          <Input
            size="small"
            aria-label={label}
            value={value === undefined || value === null ? '' : String(value)}
            placeholder={option.initial === undefined ? '' : String(option.initial)}
            onChange={({ target }) =>
              onChange(target.value === '' && option.isOptional ? undefined : typedValue(target.value, value))
            }
          />
        </div>
      )
  }
}
