import { Select, Space } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { type DurationUnit, joinDuration, splitDuration, unitsOf } from './duration.ts'
import { parseNumber } from './money.ts'
import { ParsedInput } from './ParsedInput.tsx'

const unitWords = {
  second: 'forms.seconds',
  minute: 'forms.minutes',
  hour: 'forms.hours',
  day: 'forms.days',
} as const

/** A duration as a number and its unit; kept in milliseconds or in minutes. */
export function DurationInput(props: {
  label: string
  id?: string
  value: number | undefined
  base: 'ms' | 'minute'
  placeholder?: string | undefined
  isBad?: boolean
  describedBy?: string | undefined
  focusAtOnce?: boolean
  onChange: (value: number | undefined) => void
}): ReactElement {
  const { t } = useWords()
  const { label, value, base, onChange } = props
  const split = value === undefined ? undefined : splitDuration(value, base)
  const [kept, setKept] = useState<{ unit: DurationUnit; value: number | undefined }>({
    unit: split?.unit ?? 'minute',
    value,
  })
  // A unit a person chose stays while they type; a value from elsewhere comes in its own.
  if (kept.value !== value) setKept({ unit: split?.unit ?? kept.unit, value })
  const count = value === undefined ? undefined : splitBy(value, kept.unit, base)
  const change = (next: number | undefined, unit: DurationUnit) => {
    const joined = next === undefined ? undefined : joinDuration(next, unit, base)
    setKept({ unit, value: joined })
    if (joined !== value) onChange(joined)
  }
  return (
    <Space.Compact>
      <ParsedInput
        label={label}
        {...(props.id && { id: props.id })}
        value={count}
        show={String}
        parse={text => positive(parseNumber(text))}
        placeholder={props.placeholder}
        isBad={props.isBad ?? false}
        describedBy={props.describedBy}
        focusAtOnce={props.focusAtOnce ?? false}
        width={110}
        onChange={next => change(next, kept.unit)}
      />
      <Select<DurationUnit>
        aria-label={t('forms.unitOf', { field: label })}
        style={{ width: 88 }}
        value={kept.unit}
        options={unitsOf(base).map(unit => ({ value: unit, label: t(unitWords[unit]) }))}
        onChange={unit => change(count, unit)}
      />
    </Space.Compact>
  )
}

function splitBy(value: number, unit: DurationUnit, base: 'ms' | 'minute'): number {
  return Number((value / joinDuration(1, unit, base)).toPrecision(12))
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 ? value : undefined
}
