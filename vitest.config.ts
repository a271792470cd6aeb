import { defineConfig } from 'vitest/config'

const hostile = 'test/hostile/**/*.test.ts'
const live = 'test/live/**/*.test.ts'

export default defineConfig({
  test: {
    // A hang is ended, slowness is not judged: machines differ.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'product',
          include: [
            'src/**/*.test.ts',
            'test/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [hostile, live],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        // There is one audit of a kernel: one file at a time, when the others are done.
        extends: true,
        test: {
          name: 'live',
          include: [live],
          pool: 'forks',
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Steps are counted from before the code is loaded: a process for each file.
        extends: true,
        test: {
          name: 'hostile',
          include: [hostile],
          pool: 'forks',
          setupFiles: ['test/hostile/steps.ts'],
        },
      },
    ],
  },
})
