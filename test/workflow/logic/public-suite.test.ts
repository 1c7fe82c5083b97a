import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { applyReference } from '../../../server/workflow/logic/reference.ts'

const file = new URL('../../../../shared/data/jsonlogic/tests.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn('The public JsonLogic suite is absent: its tests are skipped')

type Case = [rule: unknown, data: unknown, expected: unknown]
const cases = isThere
  ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]).filter((entry): entry is Case =>
      Array.isArray(entry),
    )
  : []

describe.skipIf(!isThere)('the public JsonLogic suite', () => {
  it('has the 277 cases we know', () => {
    expect(cases).toHaveLength(277)
  })

  it.each(
    cases.map(([rule, data, expected]) => ({ rule, data, expected, name: JSON.stringify({ rule, data }) })),
  )('compiled and reference both give what the suite says: $name', ({ rule, data, expected }) => {
    expect(compileLogic(rule)(data)).toEqual(expected)
    expect(applyReference(rule, data)).toEqual(expected)
  })
})
