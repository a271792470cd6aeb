import { describe, expect, it } from 'vitest'

import { schema } from '../../event/schema/index.ts'

import { rowTables } from './index.ts'

describe('Windows tables', () => {
  it('add only names that the schema explains', () => {
    const names = new Set(
      Object.values(rowTables).flatMap((table) =>
        Object.values(table).flatMap((rows) => rows.map((r) => r.name)),
      ),
    )
    expect([...names].filter((n) => !Object.hasOwn(schema, n))).toEqual([])
  })
})
