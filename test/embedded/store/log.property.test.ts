import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ALL_KEYS, type Tree } from '../../../server/embedded/store/tree.ts'
import { crashedCopy, logFiles, put, startedTree, TABLE_OF_TESTS } from '../support/crashed-folder.ts'
import { temporaryFolder } from '../support/running-store.ts'

type Content = Record<string, string>

const change = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  value: fc.option(fc.string({ maxLength: 300 })),
})
const step = fc.record({
  changes: fc.array(change, { maxLength: 6 }),
  fails: fc.boolean(),
  /** Whether the next step waits for the disk, and so comes in another batch. */
  waits: fc.boolean(),
})

it('brings back exactly a beginning of what was done, wherever its log is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.constantFrom('cut', 'zeros', 'noise'),
      async (steps, place, rest) => {
        const folder = temporaryFolder()
        const tree = startedTree(folder)
        await tree.durable()
        const before = crashedCopy(folder)
        const [log] = logFiles(folder)
        const contents: Content[] = [{}]
        const durable: { bytes: number; steps: number }[] = []
        for (const { changes, fails, waits } of steps) {
          if (run(tree, changes, fails)) contents.push(contentOf(tree))
          expect(contentOf(tree)).toEqual(contents.at(-1))
          if (!waits) continue
          await tree.durable()
          durable.push({ bytes: statSync(log!).size, steps: contents.length - 1 })
        }
        await tree.durable()
        const whole = readFileSync(log!)
        const at = place % (whole.length + 1)
        const tail = Buffer.alloc(rest === 'cut' ? 0 : whole.length - at, rest === 'zeros' ? 0 : 173)
        const broken = join(temporaryFolder(), 'data')
        cpSync(before, broken, { recursive: true })
        writeFileSync(logFiles(broken)[0]!, Buffer.concat([whole.subarray(0, at), tail]))
        const again = startedTree(broken)
        const safe = durable.findLast(({ bytes }) => bytes <= at)?.steps ?? 0
        expect(contents.slice(safe)).toContainEqual(contentOf(again))
        if (at === whole.length) expect(contentOf(again)).toEqual(contents.at(-1))
        await Promise.all([again.close(), tree.close()])
      },
    ),
    { numRuns: 40 },
  )
})

/** @returns whether the step took place */
function run(tree: Tree, changes: { key: string; value: string | null }[], fails: boolean): boolean {
  try {
    tree.transact(() => {
      for (const { key, value } of changes) {
        if (value === null) tree.remove(TABLE_OF_TESTS, Buffer.from(key))
        else put(tree, key, value)
      }
      if (fails) throw new Error('unforeseen')
    })
    return true
  } catch {
    return false
  }
}

function contentOf(tree: Tree): Content {
  const entries = tree.first(TABLE_OF_TESTS, ALL_KEYS, 100)
  return Object.fromEntries(entries.map(({ key, value }) => [key.toString(), Buffer.from(value).toString()]))
}
