import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'
import { readUnifiedTests } from '../support/unified-test.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/mongodb-crud-tests/', import.meta.url))

/** Tests this store cannot pass, by a part of "file: description", with the reason. */
const EXCEPTIONS: [RegExp, string][] = [
  [/collation/i, 'there are no collations'],
  [/^create-null-ids/, 'the driver replaces an _id of null'],
]

if (!existsSync(folder)) describe.skip(`the drivers' CRUD tests (not found in ${folder})`, () => {})
else {
  const { client } = await runningStore()
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json')))
    describe(file, () => {
      for (const test of readUnifiedTests(readFileSync(folder + file, 'utf8'))) {
        const exception = EXCEPTIONS.find(([pattern]) => pattern.test(`${file}: ${test.description}`))
        const reason = test.notApplicable ?? exception?.[1]
        it.skipIf(reason)(reason ? `${test.description} (${reason})` : test.description, () =>
          test.run(client),
        )
      }
    })
}
