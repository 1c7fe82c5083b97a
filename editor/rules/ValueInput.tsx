import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactElement } from 'react'
import { kindOf } from '../../server/workflow/logic/operand.ts'
import { formatValue } from '../../server/workflow/words.ts'
import { DurationInput } from '../forms/DurationInput.tsx'
import { MoneyInput } from '../forms/MoneyInput.tsx'
import { parseNumber, parseYuan, yuanText } from '../forms/money.ts'
import { ParsedInput } from '../forms/ParsedInput.tsx'
import { useSuggestions } from '../forms/suggestions.ts'
import { useWords } from '../i18n/use-words.ts'
import { clockText, parseClock } from './clock.ts'
import { Picker } from './Picker.tsx'
import type { Typed } from './subject-type.ts'
import { TextInput } from './TextInput.tsx'
import type { Operand, Scalar } from './tree.ts'

interface ValueProps {
  readonly label: string
  /** What stands on the left: values are entered as its are. */
  readonly typed: Typed
  readonly value: Operand | undefined
  readonly focusAtOnce: boolean
  /** Typed values come in bursts, picked ones do not. */
  readonly onChange: (value: Operand | undefined, isTyped: boolean) => void
}

const EXAMPLE_MINUTES = 1_350

/** One value to compare with, entered as its type asks: an amount in yuan, a time by the calendar, a pick list. */
export function ValueInput(props: ValueProps & { isNumber?: boolean }): ReactElement {
  const { say } = useWords()
  const { label, typed, value, focusAtOnce, onChange, isNumber = false } = props
  const held = value?.kind === 'value' ? value.value : undefined
  const number = typeof held === 'number' ? held : undefined
  const change = (next: Scalar | undefined) =>
    onChange(next === undefined ? undefined : { kind: 'value', value: next }, true)
  const shared = { label, focusAtOnce }
  const isMisfit = typeof held === 'string' && kindOf(typed.type) !== 'string' && typed.type !== 'any'
  // A text where none belongs is shown as it is: the checker says what is wrong with it.
  if (isMisfit)
    return (
      <TextInput
        {...shared}
        field={undefined}
        value={held}
        onChange={text => onChange(text === undefined ? undefined : { kind: 'value', value: text }, true)}
      />
    )
  if (typed.shown === 'weekday') return <Weekday {...props} chosen={number} />
  if (typed.shown === 'clock')
    return (
      <ParsedInput
        {...shared}
        value={number}
        show={clockText}
        parse={parseClock}
        placeholder={clockText(EXAMPLE_MINUTES)}
        width={100}
        onChange={change}
      />
    )
  if (typed.type === 'money') return <MoneyInput {...shared} width={104} value={number} onChange={change} />
  if (typed.type === 'duration')
    return <DurationInput {...shared} base="ms" value={number} onChange={change} />
  if (typed.type === 'instant') return <InstantInput {...props} />
  if (kindOf(typed.type) === 'number' || isNumber)
    return (
      <ParsedInput
        {...shared}
        value={number}
        show={String}
        parse={parseNumber}
        suffix={say(typed.unit)}
        width={104}
        onChange={change}
      />
    )
  return (
    <TextInput
      {...shared}
      field={typed.field}
      value={held === undefined ? undefined : String(held)}
      onChange={(text, isTyped) =>
        onChange(text === undefined ? undefined : { kind: 'value', value: text }, isTyped)
      }
    />
  )
}

/** Several values: picked from those the field usually has, or typed. */
export function ValuesInput({ label, typed, value, focusAtOnce, onChange }: ValueProps): ReactElement {
  const { t, say } = useWords()
  const suggestions = useSuggestions(typed.field)
  const values = value?.kind === 'values' ? value.values : []
  const isNumber = kindOf(typed.type) === 'number'
  const isMoney = typed.type === 'money'
  const parse = isMoney ? parseYuan : parseNumber
  const textOf = (each: Scalar) => (isMoney && typeof each === 'number' ? yuanText(each) : String(each))
  const known =
    typed.shown === 'weekday'
      ? WEEK.map(day => ({ value: String(day), label: say(formatValue(day, { shown: 'weekday' })) }))
      : suggestions.values.map(each => ({ value: each.value, label: each.name }))
  return (
    <Select<string[]>
      aria-label={label}
      mode={suggestions.isClosed || typed.shown ? 'multiple' : 'tags'}
      autoFocus={focusAtOnce}
      style={{ minWidth: 180, maxWidth: '100%', flex: '1 1 180px' }}
      placeholder={t('rules.typeValues')}
      tokenSeparators={[',', '，', '、', '\n']}
      optionFilterProp="label"
      value={values.map(textOf)}
      options={known}
      onChange={texts => {
        const next = isNumber ? texts.flatMap(text => parse(text) ?? []) : texts
        onChange(next.length > 0 ? { kind: 'values', values: next } : undefined, false)
      }}
    />
  )
}

const WEEK = [1, 2, 3, 4, 5, 6, 7]

function Weekday({ label, chosen, onChange }: ValueProps & { chosen: number | undefined }): ReactElement {
  const { t, say } = useWords()
  const name = (day: number) => say(formatValue(day, { shown: 'weekday' }))
  return (
    <Picker
      label={label}
      placeholder={t('rules.choose')}
      chosen={chosen === undefined ? undefined : name(chosen)}
      chosenKey={chosen === undefined ? undefined : String(chosen)}
      sections={[{ picks: WEEK.map(day => ({ key: String(day), name: name(day) })) }]}
      onPick={key => onChange({ kind: 'value', value: Number(key) }, false)}
    />
  )
}

/** Days and hours are those of Shanghai, wherever the browser stands. */
const ZONE = '+08:00'
const SHOWN = 'YYYY-MM-DD HH:mm'

function InstantInput({ label, value, focusAtOnce, onChange }: ValueProps): ReactElement {
  const at = value?.kind === 'instant' ? value.at : undefined
  const shown = at === undefined ? undefined : formatValue(at, { type: 'instant' }).zh
  return (
    <DatePicker
      aria-label={label}
      showTime={{ format: 'HH:mm' }}
      format={SHOWN}
      autoFocus={focusAtOnce}
      value={shown === undefined ? null : dayjs(shown)}
      onChange={next =>
        onChange(
          next ? { kind: 'instant', at: `${next.format('YYYY-MM-DDTHH:mm:00')}${ZONE}` } : undefined,
          false,
        )
      }
    />
  )
}
