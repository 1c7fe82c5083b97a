import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useCallback, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { type Choice, distinctName, typedField } from './catalog.ts'
import { FieldPicker } from './FieldPicker.tsx'
import css from './Line.module.css'
import { isSubject } from './operands.ts'
import { partnersOf } from './partners.ts'
import { useSight } from './sight.ts'
import { useSubjectName } from './subject-name.ts'
import { comparable, type Typed } from './subject-type.ts'
import type { Comparison, Operand, Subject } from './tree.ts'
import { ValueInput, ValuesInput } from './ValueInput.tsx'

/** What a line compares with: a value, or another field of the same kind; the natural ones are one click away. */
export function RightSide(props: {
  label: string
  left: Subject
  op: Comparison
  typed: Typed
  value: Operand | undefined
  focusAtOnce: boolean
  onChange: (value: Operand | undefined, isTyped: boolean) => void
}): ReactElement {
  const { t, say } = useWords()
  const { fields } = useSight()
  const nameOf = useSubjectName()
  const { label, left, op, typed, value, onChange } = props
  const ownKey = left.kind === 'field' ? left.path : ''
  const fits = useCallback(
    (choice: Choice) =>
      choice.list === undefined &&
      choice.subject !== undefined &&
      choice.key !== ownKey &&
      comparable(typed, choice.typed),
    [typed, ownKey],
  )
  // What takes the place of the control just used takes the keyboard as well.
  const [isExchanged, setExchanged] = useState(false)
  const exchange = (next: Operand | undefined) => {
    setExchanged(true)
    onChange(next, false)
  }
  const pick = ({ subject }: Choice) => exchange(subject)
  if (op === 'in' || op === 'notIn' || op === 'hasAny') return <ValuesInput {...props} />
  if (isSubject(value))
    return (
      <>
        <FieldPicker
          label={label}
          placeholder={t('rules.otherField')}
          chosen={nameOf(value)}
          fits={fits}
          focusAtOnce={isExchanged}
          onPick={pick}
        />
        <Button
          type="text"
          size="small"
          icon={<EditOutlined aria-hidden />}
          aria-label={t('rules.giveValue')}
          title={t('rules.giveValue')}
          onClick={() => exchange(undefined)}
        />
      </>
    )
  const isText = ['contains', 'notContains', 'startsWith', 'endsWith'].includes(op)
  const isOrder = ['gt', 'ge', 'lt', 'le', 'between', 'inside'].includes(op)
  const entered: Typed = isText && typed.type !== 'any' ? { type: 'string', field: typed.field } : typed
  const hasFields =
    !isText && fields.some(field => field.path !== ownKey && comparable(typed, typedField(field)))
  return (
    <>
      <ValueInput
        {...props}
        focusAtOnce={props.focusAtOnce || isExchanged}
        typed={entered}
        isNumber={isOrder}
      />
      {value === undefined &&
        partnersOf(left, typed, fields).map(field => (
          <button
            key={field.path}
            type="button"
            className={css.partner}
            title={t('rules.compareWith', { field: distinctName(field, fields, { t, say }) })}
            onClick={() => exchange({ kind: 'field', path: field.path })}
          >
            {say(field.name)}
          </button>
        ))}
      {hasFields && value === undefined && (
        <FieldPicker
          label={t('rules.orField')}
          placeholder={t('rules.orField')}
          plain
          fits={fits}
          onPick={pick}
        />
      )}
    </>
  )
}
