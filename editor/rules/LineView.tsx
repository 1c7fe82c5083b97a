import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useId } from 'react'
import { parseNumber } from '../forms/money.ts'
import { ParsedInput } from '../forms/ParsedInput.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Choice } from './catalog.ts'
import { comparisonsFor, withComparison } from './comparisons.ts'
import { FieldPicker } from './FieldPicker.tsx'
import { FindingList } from './FindingList.tsx'
import css from './Line.module.css'
import { valuesTaken } from './line-rule.ts'
import { about, begun } from './make-line.ts'
import { writeNode } from './model.ts'
import { Picker } from './Picker.tsx'
import { RightSide } from './RightSide.tsx'
import { useBuilder, useSight } from './sight.ts'
import { useSubjectName } from './subject-name.ts'
import { type Typed, typeOfSubject } from './subject-type.ts'
import type { Comparison, Line, Operand, Subject } from './tree.ts'
import { VerdictMark } from './VerdictMark.tsx'
import { comparisonWord } from './words-of-comparison.ts'

const UNKNOWN: Typed = { type: 'any' }

/** One line: field, comparison, value, and how it comes out for the sample. */
export function LineView({ line }: { line: Line }): ReactElement {
  const { t } = useWords()
  const { scope } = useSight()
  const { findings, focus, isBegun, replace, remove } = useBuilder()
  const nameOf = useSubjectName()
  const noteId = useId()
  const { left, op } = line
  const known = left && typeOfSubject(left, scope)
  const typed = known ?? UNKNOWN
  const name = left && nameOf(left)
  const isUnfinished = writeNode(line) === undefined
  const pickField = (choice: Choice) =>
    replace(about(line, choice, known) ?? { ...begun(choice), id: line.id })
  const isFocus = focus === line.id
  const hasFindings = findings.has(line.id)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lay its parts out in a row in every browser
    <div
      className={css.line}
      role="group"
      aria-label={name ?? t('rules.newLine')}
      aria-describedby={hasFindings ? noteId : undefined}
      data-unfinished={isUnfinished}
    >
      <div className={css.parts}>
        <FieldPicker
          label={t('rules.field')}
          placeholder={t('rules.chooseField')}
          chosen={name}
          chosenKey={left?.kind === 'field' ? left.path : undefined}
          focusAtOnce={isFocus && (!isBegun || op === undefined || valuesTaken(op) === 0)}
          onPick={pickField}
        />
        {left && op && <ComparisonPicker line={line} op={op} typed={typed} />}
        {left && op && <Values line={line} left={left} op={op} typed={typed} isFocus={isFocus && isBegun} />}
        <span className={css.end}>
          <VerdictMark node={line} />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('rules.removeLine', { line: name ?? '' })}
            onClick={() => remove(line.id)}
          />
        </span>
      </div>
      <FindingList id={noteId} of={line.id} />
    </div>
  )
}

function ComparisonPicker({ line, op, typed }: { line: Line; op: Comparison; typed: Typed }): ReactElement {
  const { t } = useWords()
  const { replace } = useBuilder()
  const offered = comparisonsFor(typed)
  const shown = shownComparison(line, op, typed)
  // A comparison that was stored stays choosable where it would not be offered.
  const all = offered.includes(shown) ? offered : [shown, ...offered]
  const picks = all.map(each => {
    const { sign, word } = comparisonWord(each, typed, t)
    return {
      key: each,
      name: sign ?? word,
      ...(sign && { hint: word }),
      found: `${sign ?? ''}\n${word}`.toLowerCase(),
    }
  })
  const { sign, word } = comparisonWord(shown, typed, t)
  return (
    <Picker
      label={t('rules.comparison')}
      placeholder={t('rules.choose')}
      chosen={sign ?? word}
      chosenKey={shown}
      sections={[{ picks }]}
      onPick={key => {
        const next = all.find(each => each === key)
        if (next && next !== shown) replace(withComparison(line, next))
      }}
    />
  )
}

/** A yes-or-no field held against `true` or `false` reads as yes or no. */
function shownComparison({ right: [first] }: Line, op: Comparison, { type }: Typed): Comparison {
  if (type !== 'boolean' || first?.kind !== 'value' || typeof first.value !== 'boolean') return op
  return (op === 'is') === first.value ? 'holds' : 'fails'
}

function Values(props: {
  line: Line
  left: Subject
  op: Comparison
  typed: Typed
  isFocus: boolean
}): ReactElement | null {
  const { t } = useWords()
  const { replace } = useBuilder()
  const { line, left, op, typed, isFocus } = props
  if (shownComparison(line, op, typed) !== op || valuesTaken(op) === 0) return null
  const set = (at: number) => (value: Operand | undefined, isTyped: boolean) => {
    const { source: _, ...rest } = line
    const right = Array.from({ length: valuesTaken(op) }, (_each, index) =>
      index === at ? value : line.right[index],
    )
    replace({ ...rest, right }, isTyped ? { merge: `value/${line.id}/${at}` } : {})
  }
  const shared = { left, op, typed }
  const key = `${JSON.stringify(left)}${op}`
  if (valuesTaken(op) === 1)
    return (
      <RightSide
        {...shared}
        key={key}
        label={t('rules.value')}
        value={line.right[0]}
        focusAtOnce={isFocus}
        onChange={set(0)}
      />
    )
  const isWithin = op === 'within'
  const [first, second] = line.right
  return (
    <>
      <RightSide
        {...shared}
        key={`${key}0`}
        label={t(isWithin ? 'rules.otherTime' : 'rules.from')}
        value={first}
        focusAtOnce={isFocus}
        onChange={set(0)}
      />
      <span className={css.between}>{t(isWithin ? 'rules.withinGap' : 'rules.rangeGap')}</span>
      {isWithin ? (
        <ParsedInput
          label={t('rules.minutes')}
          value={second?.kind === 'value' && typeof second.value === 'number' ? second.value : undefined}
          show={String}
          parse={parseNumber}
          suffix={t('rules.minutes')}
          onChange={minutes =>
            set(1)(minutes === undefined ? undefined : { kind: 'value', value: minutes }, true)
          }
        />
      ) : (
        <RightSide
          {...shared}
          key={`${key}1`}
          label={t('rules.to')}
          value={second}
          focusAtOnce={false}
          onChange={set(1)}
        />
      )}
    </>
  )
}
