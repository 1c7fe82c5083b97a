import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { DurationInput } from './DurationInput.tsx'
import { splitDuration } from './duration.ts'
import type { ControlProps } from './field-props.ts'
import { MoneyInput } from './MoneyInput.tsx'
import { parseNumber } from './money.ts'
import { ParsedInput } from './ParsedInput.tsx'
import { durationBase, hintsOf } from './schema.ts'

export function NumberControl(props: ControlProps): ReactElement {
  const { say } = useWords()
  const { schema } = props
  const { unit } = hintsOf(schema)
  return (
    <ParsedInput
      {...numberProps(props)}
      show={String}
      parse={parseNumber}
      suffix={say(unit) || undefined}
      placeholder={typeof schema.default === 'number' ? String(schema.default) : undefined}
      width={160}
    />
  )
}

export function MoneyControl(props: ControlProps): ReactElement {
  return <MoneyInput {...numberProps(props)} width={160} />
}

export function DurationControl(props: ControlProps): ReactElement {
  const { name, schema } = props
  const base = durationBase(name, schema)
  const usual = typeof schema.default === 'number' ? splitDuration(schema.default, base) : undefined
  return (
    <DurationInput
      {...numberProps(props)}
      base={base}
      placeholder={usual?.unit === 'minute' ? String(usual.count) : undefined}
    />
  )
}

function numberProps({ id, label, path, value, isBad, describedBy, onChange }: ControlProps) {
  return {
    id,
    label,
    isBad,
    describedBy,
    value: typeof value === 'number' ? value : undefined,
    onChange: (next: number | undefined) => onChange(next, path),
  }
}
