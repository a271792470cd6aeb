import { defineConfig } from 'vitest/config'

const hostile = 'test/hostile/**/*.test.ts'

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
          exclude: [hostile],
          pool: 'threads',
          isolate: false,
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
