import { defineConfig } from 'vitest/config'

// Its own file: without it vitest would take the editor's vite.config.ts, whose root is editor/.
// What starts whole servers and browsers runs last, so that it has the machine to itself; two at a time, since
// such tests wait more than they work.
const slow = [
  'test/crash/**/*.test.ts',
  'test/journeys/**/*.test.ts',
  'test/examples/**/*.test.ts',
  'test/embedded/tools/{cli,compact}.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: slow,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          maxWorkers: 2,
          // No test changes what modules hold; reading the server anew for every file took half of the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'whole product',
          include: slow,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          globalSetup: 'test/support/build-editor.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
