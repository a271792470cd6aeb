import { describe, expect, it } from 'vitest'

import { type FieldRow, namesIn } from './field.ts'
import { schema } from './index.ts'

const rows: readonly (readonly [string, FieldRow])[] = Object.entries(schema)

describe('schema', () => {
  it('has no two names that differ only in case', () => {
    const lower = rows
      .map(([name]) => name.toLowerCase())
      .filter((name, i, all) => all.indexOf(name) !== i)
    expect(lower).toEqual([])
  })

  it('keeps the rows of a group together', () => {
    const groups = rows.map(([, row]) => row.group)
    const runs = groups.filter((g, i) => g !== groups[i - 1])
    expect(runs).toEqual([...new Set(groups)])
  })

  it.each(rows)(
    '%s says what it means, with an example of its type',
    (_, row) => {
      expect(row.meaning.length).toBeGreaterThan(5)
      expect(row.meaning).not.toMatch(/[^.]\.$/)
      expect(namesIn(row.sources).length).toBeGreaterThan(0)
      const type =
        row.type === 'number' || row.type === 'boolean' ? row.type : 'string'
      expect(typeof row.example).toBe(type)
    },
  )
})
