import type { Order } from '../../workflow/order.ts'
import type { FieldProblem } from '../../world/world.ts'
import type { RunEvent } from '../node-type.ts'
import { isOrder, orderProblems } from '../order-schema.ts'
import { completed, type Draft, newDraft } from './draft.ts'
import { Fault } from './fault.ts'
import { compileField, type FieldReader, reporterAt } from './field-reader.ts'
import { checkTargets, type Fill, type Report, sourceOf, targetAt } from './fill.ts'
import { compileItems } from './fill-items.ts'
import { type Findings, findFault } from './findings.ts'
import type { FieldMapping, Mapping } from './mapping.ts'
import type { MappingProblem, Scope } from './scope.ts'
import { orderTargets } from './targets.ts'

/** Makes an order of a source document, or names everything that stands in the way. */
export type MapDocument = (source: unknown, event: RunEvent) => Mapped

export type Mapped =
  | { readonly order: Order; readonly problems?: undefined }
  | { readonly order?: undefined; readonly problems: readonly FieldProblem[] }

interface CompiledMapping {
  /** Absent when the mapping itself is wrong. */
  readonly map?: MapDocument
  readonly problems: readonly MappingProblem[]
}

/** Compiles a mapping (already of the right shape) once; what comes out runs for every order. */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const problems: MappingProblem[] = []
  const fills = mapping.fields.map((field, index) =>
    compileFill(field, reporterAt(problems, `fields/${index}`)),
  )
  checkTargets(mapping.fields, orderTargets, reporterAt(problems, 'fields'))
  if (problems.length > 0) return { problems }
  const negativeIsReturn = mapping.negativeQuantity === 'return'

  const map: MapDocument = (source, event) => {
    const findings: Findings = {}
    const draft = newDraft()
    const scope: Scope = { root: source, entry: source }
    for (let i = 0; i < fills.length; i++) fills[i]!(draft, scope, findings)
    const order = completed(draft, event, negativeIsReturn, findings)
    const fits = isOrder(order)
    if (fits && !findings.byField) return { order }
    const problems = new Map(findings.byField)
    // A faulty field is missing from the draft too: it is named once, by its fault.
    for (const problem of fits ? [] : orderProblems(isOrder.errors)) {
      if (!problems.has(problem.field)) problems.set(problem.field, problem)
    }
    return { problems: [...problems.values()] }
  }
  return { map, problems }
}

function compileFill(field: FieldMapping, report: Report): Fill {
  const target = targetAt(orderTargets, field.to)
  if (!target) {
    report(
      'to',
      'UNKNOWN_FIELD',
      `统一订单没有字段「${field.to}」`,
      `The unified order has no field "${field.to}"`,
    )
    return () => undefined
  }
  if (field.to === 'items') return compileItems(field, report)
  if (field.each !== undefined || field.fields) {
    report(
      'each',
      'ONLY_ITEMS',
      `只有商品明细能逐项映射，「${target.name.zh}」不能`,
      `Only items are mapped entry by entry, not "${target.name.en}"`,
    )
  }
  const read = compileField(field, target, report)
  const from = sourceOf(field)
  if (field.to === 'address') return fillAddress(read, field.required === true, from)
  const store = storeOf(field.to)
  const path = field.to.replaceAll('.', '/')
  return (draft, scope, findings) => {
    const value = read(scope)
    if (value instanceof Fault) findFault(findings, path, value.code, from)
    else if (value !== undefined) store(draft, value)
  }
}

/** The parts of an address line, where no field of their own has said them before. */
function fillAddress(read: FieldReader, required: boolean, from: string | undefined): Fill {
  return (draft, scope, findings) => {
    const value = read(scope)
    if (value === undefined) return
    if (value instanceof Fault) return findFault(findings, 'address', value.code, from)
    const parts = value as Readonly<Record<string, unknown>>
    if (required && (parts.province === '' || parts.city === ''))
      findFault(findings, 'address', 'ADDRESS_UNCLEAR', from)
    const { address } = draft
    address.province ??= parts.province
    address.city ??= parts.city
    address.district ??= parts.district
    address.detail ??= parts.detail
  }
}

// Paths come from the table of targets, whose last names are the draft's own.
function storeOf(to: string): (draft: Draft, value: unknown) => void {
  if (to.startsWith('address.')) {
    const key = to.slice(to.lastIndexOf('.') + 1) as keyof Draft['address']
    return (draft, value) => {
      draft.address[key] = value
    }
  }
  const key = to as Exclude<keyof Draft, 'address' | 'items'>
  return (draft, value) => {
    draft[key] = value
  }
}
