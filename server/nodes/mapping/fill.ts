import type { Draft } from './draft.ts'
import type { reporterAt } from './field-reader.ts'
import type { Findings } from './findings.ts'
import type { ItemFieldMapping } from './mapping.ts'
import type { Scope } from './scope.ts'
import type { Target } from './targets.ts'

/** Writes what it reads into the draft; faults go to the findings. */
export type Fill = (draft: Draft, scope: Scope, findings: Findings) => void

export type Report = ReturnType<typeof reporterAt>

/** Where a field comes from, as it is told to people. */
export function sourceOf({ from }: ItemFieldMapping): string | undefined {
  return typeof from === 'string' ? from : from?.join(' / ')
}

/** Names fields that are mapped twice, and those an order cannot be without. */
export function checkTargets(
  fields: readonly ItemFieldMapping[],
  targets: Readonly<Record<string, Target>>,
  report: Report,
): void {
  const seen = new Set<string>()
  for (const [index, { to }] of fields.entries()) {
    const { zh, en } = targetAt(targets, to)?.name ?? { zh: to, en: to }
    if (seen.has(to))
      report(`${index}/to`, 'MAPPED_TWICE', `字段「${zh}」映射了两次`, `Field "${en}" is mapped twice`)
    seen.add(to)
  }
  for (const [to, { need, name }] of Object.entries(targets)) {
    if (need !== 'must' || seen.has(to)) continue
    report(
      '',
      'NOT_MAPPED',
      `还没有映射必需的字段「${name.zh}」`,
      `The necessary field "${name.en}" is not mapped`,
    )
  }
}

export function targetAt(targets: Readonly<Record<string, Target>>, path: string): Target | undefined {
  return Object.hasOwn(targets, path) ? targets[path] : undefined
}
