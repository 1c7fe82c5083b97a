import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { explainCondition } from '../../server/workflow/logic/explain.ts'
import { rootScope } from '../../server/workflow/logic/field-scope.ts'
import { compileReads } from '../../server/workflow/logic/reads.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import { usePlace } from '../forms/place.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ConditionEditor.module.css'
import { findingsOf } from './findings.ts'
import { GroupView } from './GroupView.tsx'
import { write } from './model.ts'
import { RawRule } from './RawRule.tsx'
import { Builder, Seen, type Sight } from './sight.ts'
import { useCondition } from './use-condition.ts'
import { revived, verdictOf } from './verdict.ts'

/**
 * Builds a condition by clicking: lines joined by and / or, nested as needed. It reads as a sentence at its foot,
 * and shows for the sample order of the place it stands in whether each line holds.
 *
 * @param props.value JsonLogic; undefined while there is none. Never handed on half finished
 */
export function ConditionEditor(props: {
  value: unknown
  onChange: (value: unknown, merge?: string) => void
  label: string
  problems?: readonly Problem[]
  compact?: boolean
}): ReactElement {
  const { value, onChange, label, problems, compact = false } = props
  const { t } = useWords()
  const { scope: fields, sometimes, sample } = usePlace()
  const { tree, focus, isBegun, change, replace, remove, open } = useCondition(value, onChange)
  const [isRaw, setRaw] = useState(false)
  const all = useMemo(() => [...fields, ...sometimes], [fields, sometimes])
  const sight = useMemo(
    (): Sight => ({
      fields,
      sometimes,
      scope: rootScope(all),
      samples: sample ? [revived(sample.data, all)] : [],
      isInList: false,
    }),
    [fields, sometimes, all, sample],
  )
  const findings = useMemo(() => findingsOf(tree, all, problems), [tree, all, problems])
  const building = { findings, focus, isBegun, change, replace, remove }
  const rule = write(tree)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws its name into its own border
    <div className={css.editor} role="group" aria-label={label} data-compact={compact}>
      <Builder value={building}>
        <Seen value={sight}>
          {typeof value === 'string' && (
            <p className={css.unfinished}>{t('rules.unread', { words: value })}</p>
          )}
          <GroupView
            group={tree}
            level="root"
            more={
              !compact && (
                <Button type="link" size="small" aria-expanded={isRaw} onClick={() => setRaw(!isRaw)}>
                  {t('rules.advanced')}
                </Button>
              )
            }
          />
          {tree.parts.length > 0 && (
            <Foot fields={all} sight={sight} rule={rule} tree={tree} kept={value} name={sample?.name} />
          )}
        </Seen>
      </Builder>
      {isRaw && <RawRule key={JSON.stringify(rule)} rule={rule} onApply={open} />}
    </div>
  )
}

function Foot(props: {
  fields: readonly FieldSpec[]
  sight: Sight
  rule: unknown
  tree: Parameters<typeof write>[0]
  kept: unknown
  name: string | undefined
}): ReactElement {
  const { t, say } = useWords()
  const { fields, sight, rule, tree, kept, name } = props
  const [data] = sight.samples
  if (rule === undefined)
    return (
      <p className={css.unfinished} role="status">
        <ExclamationCircleFilled aria-hidden />{' '}
        {kept === undefined || typeof kept === 'string'
          ? t('rules.unfinished')
          : t('rules.unfinishedKept', { sentence: say(explainCondition(kept, fields)) })}
      </p>
    )
  const values = data === undefined ? {} : valuesOf(rule, fields, data)
  const verdict = verdictOf(tree, sight.samples)
  return (
    <div className={css.foot}>
      <p className={css.sentence}>{say(explainCondition(rule, fields, values))}</p>
      {verdict && name && (
        <p className={css.verdict} data-holds={verdict.holds > 0} role="status">
          {verdict.holds > 0 ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}{' '}
          {t(verdict.holds > 0 ? 'rules.sampleHolds' : 'rules.sampleFails', { name })}
        </p>
      )}
    </div>
  )
}

function valuesOf(rule: unknown, fields: readonly FieldSpec[], data: unknown): Record<string, unknown> {
  return compileReads(rule, fields)(data)
}
