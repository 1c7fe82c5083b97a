import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'
import { readUnifiedTests } from '../support/unified-test.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/mongodb-crud-tests/', import.meta.url))

/** The tests that are left out: by reason and file their places in the file. */
const LEFT_OUT: Record<string, Record<string, number[]>> = JSON.parse(
  readFileSync(new URL('unified-crud.left-out.json', import.meta.url), 'utf8'),
)

/** Why a test is left out by that list; undefined where it is not. */
function listedReason(file: string, place: number): string | undefined {
  return Object.keys(LEFT_OUT).find(reason => LEFT_OUT[reason]![file]?.includes(place))
}

if (!existsSync(folder)) describe.skip(`the drivers' CRUD tests (not found in ${folder})`, () => {})
else {
  const { client } = await runningStore()
  for (const name of readdirSync(folder).filter(name => name.endsWith('.json')))
    describe(name, () => {
      readUnifiedTests(readFileSync(folder + name, 'utf8')).forEach((test, place) => {
        const listed = listedReason(name.replace('.json', ''), place)
        if (!listed && !test.notApplicable) it(test.description, () => test.run(client))
        else if (test.notApplicable)
          it(`leaves out: ${test.description}`, () => expect(listed).toBe(test.notApplicable))
        // Whatever is left out for what this store lacks has to fail: once it passes, it belongs to those above.
        else it.fails(`${test.description} (${listed})`, () => test.run(client))
      })
    })
}
