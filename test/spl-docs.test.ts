import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { splCodes } from '../src/languages/spl/codes.ts'
import { functions } from '../src/ir/functions.ts'
import { commandNames } from '../src/languages/spl/commands/all.ts'
import { refusedCommands } from '../src/languages/spl/commands/refused.ts'
import {
  aggregates,
  refusedAggregates,
  refusedFunctions,
} from '../src/languages/spl/functions.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/spl.md'), 'utf8')

describe('the page on SPL', () => {
  it('names every command, function and code', () => {
    const names = [
      ...commandNames,
      ...Object.keys(functions),
      ...Object.keys(aggregates),
    ]
    expect(names.filter((n) => !page.includes(`\`${n}\``))).toEqual([])
    const codes = Object.entries(splCodes).map(
      ([code, { title }]) => `| ${code} | ${title} |`,
    )
    expect(codes.filter((c) => !page.includes(c))).toEqual([])
  })

  it('gives the message of everything that does not run', () => {
    const reasons = [refusedCommands, refusedFunctions, refusedAggregates]
      .flatMap((table) => Object.entries(table))
      .map(([name, reason]) => `"${name}" is not supported: ${reason} |`)
    expect(reasons.filter((r) => !page.includes(r))).toEqual([])
  })
})
