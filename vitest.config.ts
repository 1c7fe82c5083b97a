import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { builtThread } from './test/support/build-server.ts'

// Its own file: without it vitest would take the editor's vite.config.ts, whose root is editor/.
// What starts whole servers and browsers runs last, so that it has the machine to itself; two at a time, since
// such tests wait more than they work.
const slow = [
  'test/crash/**/*.test.ts',
  'test/journeys/**/*.test.ts',
  'test/examples/**/*.test.ts',
  'test/embedded/tools/{cli,compact}.test.ts',
]

/** What takes longest, longest first. */
const longest = [
  'test/crash/kill-nine-workers.test.ts',
  'test/journeys/change-a-rule.test.ts',
  'test/examples/stories.test.ts',
  'test/journeys/build-a-rule.test.ts',
  'test/crash/kill-nine.test.ts',
  'test/journeys/process.test.ts',
  'test/crash/kill-nine-redis.test.ts',
  'test/crash/restock.test.ts',
  'test/examples/flash-sale.test.ts',
]

/** Long files begin first: one that began last would run alone at the end, while the other half of the machine rests. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex(path => moduleId.endsWith(path))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [builtThread],
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: slow,
          globalSetup: 'test/support/build-server.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000,
          maxWorkers: 2,
          // No test changes what modules hold; reading the server anew for every file took half of the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [builtThread],
        test: {
          name: 'whole product',
          include: slow,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          globalSetup: ['test/support/build-editor.ts', 'test/support/build-server.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
