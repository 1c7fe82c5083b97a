import type { ReactElement } from 'react'
import { ConditionEditor } from '../rules/ConditionEditor.tsx'
import type { ControlProps } from './field-props.ts'
import { ProblemLines } from './Row.tsx'

export function ConditionControl({ label, path, value, problems, onChange }: ControlProps): ReactElement {
  return (
    <>
      <ConditionEditor
        label={label}
        value={value}
        problems={problems}
        onChange={(next, merge) => onChange(next, merge && `${path}/${merge}`)}
      />
      <ProblemLines problems={problems.filter(({ at }) => at === undefined)} />
    </>
  )
}
