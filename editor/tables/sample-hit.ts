import type { FieldSpec } from '../../server/workflow/field.ts'
import { compileLogic } from '../../server/workflow/logic/compile.ts'
import { explainCondition } from '../../server/workflow/logic/explain.ts'
import { checkLimits } from '../../server/workflow/logic/limits.ts'
import { compileReads } from '../../server/workflow/logic/reads.ts'
import { truthy } from '../../server/workflow/logic/values.ts'
import { isCondition, type TableRow } from '../../server/workflow/table/table-row.ts'
import type { Text } from '../../server/workflow/text.ts'
import { revived } from '../rules/verdict.ts'

/** How one row comes out for the sample order, with the values it saw. */
export interface SampleLine {
  readonly holds: boolean
  readonly words: Text
}

export interface SampleOutcome {
  /** By row id: those that were looked at, and could be worked out. */
  readonly lines: ReadonlyMap<string, SampleLine>
  /** Ids of the rows it hits; none where it goes to the last line. */
  readonly hits: readonly string[]
}

/** Which rows an order hits, and why the others not. With the first hit deciding, the rows below it are not asked. */
export function tryOnSample(
  rows: readonly TableRow[],
  hits: 'first' | 'all',
  data: Readonly<Record<string, unknown>>,
  fields: readonly FieldSpec[],
): SampleOutcome {
  const lived = revived(data, fields)
  const lines = new Map<string, SampleLine>()
  const found: string[] = []
  for (const { id, when } of rows) {
    if (!isCondition(when) || checkLimits(when).length > 0) continue
    const holds = truthy(compileLogic(when)(lived))
    const words = explainCondition(when, fields, compileReads(when, fields)(lived))
    lines.set(id, { holds, words })
    if (holds) found.push(id)
    if (holds && hits === 'first') break
  }
  return { lines, hits: found }
}
