import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { explainCondition } from '../../server/workflow/logic/explain.ts'
import { useWords } from '../i18n/use-words.ts'
import { FindingList } from './FindingList.tsx'
import css from './Line.module.css'
import { read } from './model.ts'
import { RawRule } from './RawRule.tsx'
import { useBuilder, useSight } from './sight.ts'
import type { Expression } from './tree.ts'
import { VerdictMark } from './VerdictMark.tsx'

/** A part no line can show: as its sentence, kept as it is, and open as text to those who can read it. */
export function ExpressionView({ expression }: { expression: Expression }): ReactElement {
  const { t, say } = useWords()
  const { scope } = useSight()
  const { replace, remove } = useBuilder()
  const [isOpen, setOpen] = useState(false)
  const sentence = say(explainCondition(expression.rule, scope.fields))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lay its parts out in a row in every browser
    <div className={css.line} role="group" aria-label={sentence}>
      <div className={css.parts}>
        <span className={css.expression}>{sentence}</span>
        <span className={css.end}>
          <VerdictMark node={expression} />
          <Button type="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('rules.advanced')}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('rules.removeLine', { line: sentence })}
            onClick={() => remove(expression.id)}
          />
        </span>
      </div>
      <FindingList of={expression.id} />
      {isOpen && (
        <RawRule
          rule={expression.rule}
          onApply={rule => {
            const { parts, ...tree } = read(rule)
            const [only] = parts
            const isOne = parts.length === 1 && only !== undefined && !tree.source
            replace(isOne ? only : { ...tree, parts })
          }}
        />
      )}
    </div>
  )
}
