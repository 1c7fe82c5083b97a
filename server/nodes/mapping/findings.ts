import type { FieldProblem } from '../../world/world.ts'
import { type FaultCode, fieldProblem } from './fault.ts'
import { nameOfField } from './targets.ts'

/** What is wrong with one document, by field. Most have nothing wrong, so the map is made for the first fault. */
export interface Findings {
  byField?: Map<string, FieldProblem>
}

const MAX_PROBLEMS = 100

/** The first fault of a field is the one told. */
export function findFault(findings: Findings, field: string, code: FaultCode, from?: string): void {
  findings.byField ??= new Map()
  if (findings.byField.size >= MAX_PROBLEMS || findings.byField.has(field)) return
  findings.byField.set(field, fieldProblem(field, nameOfField(field), code, from))
}
