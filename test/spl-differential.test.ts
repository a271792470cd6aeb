// One meaning: searches made at random give what a plain account of the manual gives, worked out here in another way.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { provenance, type Value } from '../src/base/record.ts'
import { type Event, EventShape } from '../src/event/event.ts'
import { unknownLogSource } from '../src/event/log-source.ts'
import {
  Hunt,
  type LookupTable,
  type Row,
} from '../src/executors/pipeline/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>

function eventOf(fields: Fields): Event {
  const names = Object.keys(fields)
  const shape = new EventShape(
    names,
    unknownLogSource,
    provenance('unknown', '', '', ''),
  )
  return {
    shape,
    origin: { file: 'x', record: 1, offset: 0 },
    value: (i: number) => fields[names[i]!] as Value,
    time: () => undefined,
    host: () => undefined,
  }
}

const tableRows = (rows: readonly (readonly string[])[]) => ({
  length: rows.length,
  cell: (row: number, column: number) => rows[row]![column] ?? '',
})

function rowsOf(
  text: string,
  events: readonly Fields[],
  lookups: ReadonlyMap<string, LookupTable> = new Map(),
): readonly Row[] {
  const { search, diagnostics } = compileSearch(text)
  const errors = diagnostics.filter((d) => d.severity === 'error')
  expect(errors, text).toEqual([])
  const context = { now: 0, lookups, parseCondition, parseValue }
  const hunt = new Hunt(search!, context)
  for (const e of events) hunt.event(eventOf(e))
  hunt.endPass()
  const { rows, refusal } = hunt.result()
  expect(refusal, text).toBeUndefined()
  return rows
}

/** The events that come through, by their number. */
function passing(text: string, events: readonly Fields[]): string[] {
  const numbered = events.map((e, i) => ({ ...e, i: `${i}` }))
  return rowsOf(`${text} | table i`, numbered).map((r) => String(r.get('i')))
}

function holding(
  events: readonly Fields[],
  holds: (e: Fields) => boolean,
): string[] {
  return events.flatMap((e, i) => (holds(e) ? [`${i}`] : []))
}

const word = fc.constantFrom('x', 'y', 'X', 'xy', 'z q', 'C:\\x', 'say "x"')
const fieldName = fc.constantFrom('a', 'b', 'c')
const fields: fc.Arbitrary<Fields> = fc.dictionary(
  fieldName,
  fc.oneof(
    { weight: 3, arbitrary: word },
    { weight: 1, arbitrary: fc.array(word, { minLength: 2, maxLength: 3 }) },
  ),
)
const events = fc.array(fields, { minLength: 1, maxLength: 8 })

function listOf(e: Fields, name: string): readonly string[] {
  const v = e[name]
  return v === undefined ? [] : typeof v === 'string' ? [v] : v
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

type Leaf =
  | { kind: 'is' | 'differs'; field: string; value: string }
  | { kind: 'there'; field: string }
  | { kind: 'same'; field: string; other: string }
type Tree =
  | Leaf
  | { kind: 'not'; of: Tree }
  | { kind: 'and' | 'or' | 'xor'; of: readonly [Tree, Tree] }

function trees(
  leaf: fc.Arbitrary<Leaf>,
  joins: readonly ('and' | 'or' | 'xor')[],
): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('tree').map((of): Tree => ({ kind: 'not', of })),
      fc
        .tuple(fc.constantFrom(...joins), tie('tree'), tie('tree'))
        .map(([kind, x, y]): Tree => ({ kind, of: [x, y] })),
    ),
  })).tree
}

/** With no more parentheses than the order of the operators asks; `order`: from the loosest to the tightest. */
function print(
  tree: Tree,
  order: readonly string[],
  leaf: (l: Leaf) => string,
  least = 0,
): string {
  if (tree.kind === 'not')
    return `NOT ${print(tree.of, order, leaf, order.length)}`
  if (!('of' in tree)) return leaf(tree)
  const own = order.indexOf(tree.kind)
  const text = tree.of
    .map((t) => print(t, order, leaf, own))
    .join(` ${tree.kind.toUpperCase()} `)
  return own < least ? `(${text})` : text
}

const value = fc.tuple(fieldName, word)
const searchLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  value.map(([field, v]): Leaf => ({ kind: 'is', field, value: v })),
  value.map(([field, v]): Leaf => ({ kind: 'differs', field, value: v })),
  fieldName.map((field): Leaf => ({ kind: 'there', field })),
)

/** Search Reference, "search": without letter case; `!=` needs the field. */
function searchHolds(tree: Tree, e: Fields): boolean {
  switch (tree.kind) {
    case 'not':
      return !searchHolds(tree.of, e)
    case 'and':
      return tree.of.every((t) => searchHolds(t, e))
    case 'or':
      return tree.of.some((t) => searchHolds(t, e))
    case 'there':
      return listOf(e, tree.field).length > 0
    case 'is':
    case 'differs': {
      const wanted = tree.value.toLowerCase()
      return listOf(e, tree.field).some(
        (v) => (v.toLowerCase() === wanted) === (tree.kind === 'is'),
      )
    }
    default:
      throw new Error('search has no such operator')
  }
}

function searchLeafText(l: Leaf): string {
  if (l.kind === 'there') return `${l.field}=*`
  if (l.kind === 'same') return ''
  return `${l.field}${l.kind === 'is' ? '=' : '!='}${quoted(l.value)}`
}

const whereLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  searchLeaf,
  fc
    .tuple(fieldName, fieldName)
    .map(([field, other]): Leaf => ({ kind: 'same', field, other })),
)

/** Search Reference, "where" and "eval": with letter case, and null where a side of a comparison is. */
function whereHolds(tree: Tree, e: Fields): boolean | null {
  switch (tree.kind) {
    case 'not': {
      const of = whereHolds(tree.of, e)
      return of === null ? null : !of
    }
    case 'and':
    case 'or': {
      const decides = tree.kind === 'or'
      const sides = tree.of.map((t) => whereHolds(t, e))
      if (sides.includes(decides)) return decides
      return sides.includes(null) ? null : !decides
    }
    case 'xor': {
      const [x, y] = tree.of.map((t) => whereHolds(t, e))
      return x === null || y === null ? null : x !== y
    }
    case 'there':
      return listOf(e, tree.field).length > 0
    default: {
      const left = listOf(e, tree.field)
      const right = tree.kind === 'same' ? listOf(e, tree.other) : [tree.value]
      if (!left.length || !right.length) return null
      const same = tree.kind !== 'differs'
      return left.some((v) => right.some((w) => (v === w) === same))
    }
  }
}

function whereLeafText(l: Leaf): string {
  if (l.kind === 'there') return `isnotnull(${l.field})`
  if (l.kind === 'same') return `${l.field}=${l.other}`
  return `${l.field}${l.kind === 'is' ? '=' : '!='}${quoted(l.value)}`
}

const runs = { seed: 11, numRuns: 400 }

describe('conditions made at random', () => {
  it('of search: OR binds tighter than AND, on events and behind a pipe', () => {
    const order = ['and', 'or']
    fc.assert(
      fc.property(trees(searchLeaf, ['and', 'or']), events, (tree, list) => {
        const text = print(tree, order, searchLeafText)
        const expected = holding(list, (e) => searchHolds(tree, e))
        expect(passing(text, list), text).toEqual(expected)
        expect(passing(`i=* | search ${text}`, list), text).toEqual(expected)
      }),
      runs,
    )
  })

  it('of where: NOT, AND, OR, XOR, and null is no answer', () => {
    const order = ['xor', 'or', 'and']
    fc.assert(
      fc.property(
        trees(whereLeaf, ['and', 'or', 'xor']),
        events,
        (tree, list) => {
          const text = print(tree, order, whereLeafText)
          const expected = holding(list, (e) => whereHolds(tree, e) === true)
          expect(passing(`i=* | where ${text}`, list), text).toEqual(expected)
          const chosen = passing(
            `i=* | eval r=if(${text}, 1, 0) | where r=1`,
            list,
          )
          expect(chosen, text).toEqual(expected)
        },
      ),
      runs,
    )
  })

  it('find a text by itself, whatever stands in it', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(texts, (list) => {
        const all = list.map((a) => ({ a }))
        for (const text of new Set(list)) {
          const same = holding(all, (e) => e.a === text)
          const exactly = `i=* | where a=${quoted(text)}`
          if (Number.isNaN(Number(text)))
            expect(passing(exactly, all), text).toEqual(same)
          // A star is a wildcard in search, and letters of either case are the same.
          if (text.includes('*')) continue
          const found = passing(`a=${quoted(text)}`, all)
          for (const i of same) expect(found, text).toContain(i)
        }
      }),
      runs,
    )
  })
})

describe('lookups made at random', () => {
  const patterns = fc.constantFrom(
    '*',
    'x*',
    '*x',
    'x*y',
    'X',
    'a.b',
    '*.b',
    'xy',
  )
  const texts = fc.constantFrom('x', 'X', 'xy', 'xay', 'a.b', 'aXb', 'q.b', 'y')

  it('compare wildcards as the definition says', () => {
    fc.assert(
      fc.property(
        fc.array(patterns, { minLength: 1, maxLength: 6 }),
        fc.array(texts, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (column, values, ignoreCase) => {
          const rows = column.map((p, i) => [p, `v${i}`])
          const table: LookupTable = {
            columns: ['p', 'v'],
            rows: tableRows(rows),
            match: { p: 'wildcard' },
            ignoreCase,
          }
          const list = values.map((a) => ({ a }))
          const got = rowsOf(
            'a=* | lookup t p as a OUTPUT v | eval v=mvjoin(v, ",") | table v',
            list,
            new Map([['t', table]]),
          ).map((r) => r.get('v'))
          const expected = values.map((v) => {
            const found = rows.filter(([p]) => {
              const source = p!.replace(/[.]/g, '\\.').replaceAll('*', '[^]*')
              return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(v)
            })
            return found.map(([, out]) => out).join(',') || null
          })
          expect(got).toEqual(expected)
        },
      ),
      runs,
    )
  })

  it('find an address in its networks', () => {
    const octet = fc.constantFrom(0, 1, 10, 127, 128, 192, 255)
    const address = fc.tuple(octet, octet, octet, octet)
    const bits = (a: readonly number[]) =>
      a.map((o) => o.toString(2).padStart(8, '0')).join('')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(address, fc.nat({ max: 32 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.array(address, { minLength: 1, maxLength: 6 }),
        (networks, addresses) => {
          const table: LookupTable = {
            columns: ['n', 'v'],
            rows: tableRows(
              networks.map(([a, p], i) => [`${a.join('.')}/${p}`, `v${i}`]),
            ),
            match: { n: 'cidr' },
          }
          const got = rowsOf(
            'a=* | lookup t n as a OUTPUT v | eval v=mvjoin(v, ",") | table v',
            addresses.map((a) => ({ a: a.join('.') })),
            new Map([['t', table]]),
          ).map((r) => r.get('v'))
          const expected = addresses.map(
            (a) =>
              networks
                .flatMap(([n, p], i) =>
                  bits(a).startsWith(bits(n).slice(0, p)) ? [`v${i}`] : [],
                )
                .join(',') || null,
          )
          expect(got).toEqual(expected)
        },
      ),
      runs,
    )
  })
})

type List = readonly string[]

/** Functions of lists, and what they give; an empty list is null. */
const listFunctions: readonly (readonly [
  string,
  (m: List, n: List) => List,
])[] = [
  ['mvappend(m, n)', (m, n) => [...m, ...n]],
  ['mvappend("q", null(), m)', (m) => ['q', ...m]],
  ['mvdedup(m)', (m) => [...new Set(m)]],
  ['mvsort(m)', (m) => [...m].sort()],
  ['mvfilter(match(m, "^x"))', (m) => m.filter((v) => v.startsWith('x'))],
  ['mvfilter(m!="y")', (m) => m.filter((v) => v !== 'y')],
  ['mvmap(m, m."!")', (m) => m.map((v) => `${v}!`)],
  ['mvindex(m, 0)', (m) => m.slice(0, 1)],
  ['mvindex(m, -1)', (m) => m.slice(-1)],
  ['mvindex(m, 1, 2)', (m) => m.slice(1, 3)],
  ['mvindex(m, -2, -1)', (m) => (m.length < 2 ? [] : m.slice(-2))],
  [
    'mvzip(m, n, "=")',
    (m, n) => m.slice(0, n.length).map((v, i) => `${v}=${n[i]}`),
  ],
  ['split(mvjoin(m, ","), ",")', (m) => m],
  ['coalesce(m, n)', (m, n) => (m.length ? m : n)],
  ['tostring(mvcount(m))', (m) => (m.length ? [`${m.length}`] : [])],
  [
    'tostring(mvfind(m, "y"))',
    (m) => {
      const at = m.findIndex((v) => v.includes('y'))
      return at < 0 ? [] : [`${at}`]
    },
  ],
  [
    'case(isnull(m), "none", mvcount(m)=1, m)',
    (m) => (m.length ? (m.length === 1 ? m : []) : ['none']),
  ],
  ['nullif(mvindex(m, 0), "x")', (m) => m.slice(0, 1).filter((v) => v !== 'x')],
]

describe('functions of lists made at random', () => {
  const list = fc.array(fc.constantFrom('x', 'y', 'xy', 'z'), { maxLength: 4 })
  it.each(listFunctions)('%s', (text, naive) => {
    fc.assert(
      fc.property(list, list, (m, n) => {
        const event = {
          ...(m.length && { m }),
          ...(n.length && { n }),
        } as Fields
        const [row] = rowsOf(`i=* | eval r=${text} | table r`, [
          { ...event, i: '0' },
        ])
        const r = row!.get('r')
        const got = r === null ? [] : Array.isArray(r) ? r : [r]
        expect(got, `${text} ${JSON.stringify(event)}`).toEqual(naive(m, n))
      }),
      { seed: 5, numRuns: 100 },
    )
  })
})
