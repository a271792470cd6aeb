import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { compiledScanner, target } from './build-scanner.ts'

it('the compiled scanner of lines is what its source gives', async () => {
  expect(readFileSync(target, 'utf8')).toBe(await compiledScanner())
})
