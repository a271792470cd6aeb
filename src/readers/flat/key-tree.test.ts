import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { JsonObject } from './json-value.ts'
import { KeyTree } from './key-tree.ts'
import { layoutOf } from './shapes.ts'

function flatten(tree: KeyTree<readonly string[]>, object: JsonObject) {
  const names = tree.flatten(object)
  return names.map((name, i) => [name, tree.values[i]])
}

const newTree = () => new KeyTree((names) => names)

describe('flattening', () => {
  it('names nested members by their path', () => {
    expect(flatten(newTree(), { a: 1, b: { c: 'x', d: { e: null } } })).toEqual(
      [
        ['a', 1],
        ['b.c', 'x'],
        ['b.d.e', null],
      ],
    )
  })

  it('keeps lists of scalars, writes lists of objects and empty objects as JSON', () => {
    expect(
      flatten(newTree(), { a: [1, 'x', null], b: [{ c: 1 }], d: {}, e: [] }),
    ).toEqual([
      ['a', [1, 'x', null]],
      ['b', '[{"c":1}]'],
      ['d', '{}'],
      ['e', []],
    ])
  })

  it('keeps both values of a name that occurs twice, as a list', () => {
    const twice = JSON.parse('{"a.b": 1, "a": {"b": 2}}')
    expect(flatten(newTree(), twice)).toEqual([['a.b', [1, 2]]])
  })

  it('takes __proto__ for a name like any other', () => {
    const object = JSON.parse('{"__proto__": {"x": 1}, "y": 2}')
    expect(flatten(newTree(), object)).toEqual([
      ['__proto__.x', 1],
      ['y', 2],
    ])
  })

  it('writes what lies too deep as JSON', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)
    const [[, value]] = flatten(newTree(), deep) as [[string, string]]
    expect(typeof value).toBe('string')
  })

  it('finds one leaf for one order of names', () => {
    const tree = newTree()
    const first = tree.flatten({ a: 1, b: { c: 2 } })
    expect(tree.flatten({ a: 3, b: { c: 4 } })).toBe(first)
  })

  it('keeps names and values together when every object has another order', () => {
    const tree = newTree()
    const keys = Array.from({ length: 12 }, (_, i) => `key${i}`)
    const leaves = new Set<unknown>()
    const shuffled = fc.shuffledSubarray(keys, { minLength: 12 })
    fc.assert(
      fc.property(shuffled, (order) => {
        const object = Object.fromEntries(
          order.map((k) => [k, k === 'key3' ? { in: k } : k]),
        )
        const leaf = tree.flatten(object)
        leaves.add(leaf)
        const pairs = leaf.map((name, i) => [name, tree.values[i]])
        expect(pairs).toHaveLength(12)
        for (const [name, value] of pairs) {
          expect(name).toBe(value === 'key3' ? 'key3.in' : value)
        }
      }),
      { seed: 2, numRuns: 2000 },
    )
    // The tree of keys stops growing, and one leaf then serves all orders.
    expect(leaves.size).toBeLessThan(1000)
  })

  it('still shares a leaf after sources without any repetition', () => {
    const tree = newTree()
    for (let i = 0; i < 20_000; i++)
      tree.flatten({ [`k${i}`]: 1, [`m${i}`]: 2 })
    tree.startSource()
    const first = tree.flatten({ a: 1, b: 2 })
    expect(tree.flatten({ a: 3, b: 4 })).toBe(first)
  })
})

describe('layouts', () => {
  it('share a shape whatever the order of columns', () => {
    const one = layoutOf([
      { name: 'a', from: 0 },
      { name: 'b', from: 1 },
    ])
    const two = layoutOf([
      { name: 'b', from: 0 },
      { name: 'a', from: 1 },
    ])
    expect(two.shape).toBe(one.shape)
    expect(two.sources).toEqual([1, 0])
  })

  it('keep both columns of one name', () => {
    const { shape } = layoutOf([
      { name: 'twin', from: 0 },
      { name: 'twin', from: 1 },
    ])
    expect(shape.names).toEqual(['twin', 'twin.2'])
  })
})
