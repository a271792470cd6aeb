// Reads the cases of a folder, and nothing that only looks like one: a key that nobody asks for is a typing error, and a
// case with events says what comes of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { type Diagnostic, printDiagnostic } from '../../src/base/diagnostic.ts'

/** What a case that is refused states of the error. */
export interface ExpectedError {
  readonly code: string
  /** `line:column` of what the case is about. */
  readonly at: string
  /** Part of the message. */
  readonly message: string
  /** Part of the hint. */
  readonly hint?: string
}

const errorKeys: Keys = {
  needed: ['code', 'at', 'message'],
  allowed: ['hint'],
}

/** Cases of one kind. */
export interface Keys {
  readonly needed: readonly string[]
  readonly allowed: readonly string[]
  /** One of them states what comes of the events, or of the rule. */
  readonly outcomes?: readonly string[]
}

/** A test for each case, a group for each file. */
export function runCases<C extends { readonly why: string }>(
  folder: string,
  keys: Keys,
  run: (c: C) => void | Promise<void>,
): void {
  for (const name of readdirSync(folder).sort()) {
    describe(name.replace(/\.yml$/, ''), () => {
      for (const c of casesOf(readFileSync(join(folder, name), 'utf8'), keys))
        it(c.why, () => run(c as unknown as C))
    })
  }
}

type RawCase = Readonly<Record<string, unknown>> & { readonly why: string }

/** Throws where a case is not written as its kind is. */
export function casesOf(text: string, keys: Keys): RawCase[] {
  const cases: RawCase[] = []
  for (const document of parseAllDocuments(text)) {
    if ('empty' in document) continue
    if (document.errors.length) throw document.errors[0]
    const value: unknown = document.toJS({ mapAsMap: false })
    for (const c of Array.isArray(value) ? value : [value])
      cases.push(checked(c, keys))
  }
  return cases
}

function checked(value: unknown, keys: Keys): RawCase {
  const c = withKeys(value, {
    ...keys,
    needed: ['why', ...keys.needed],
    allowed: [...keys.allowed, ...(keys.outcomes ?? [])],
  })
  const why = String(c.why)
  const { outcomes } = keys
  if (outcomes && !outcomes.some((key) => Object.hasOwn(c, key)))
    throw new Error(`"${why}": expected one of ${outcomes.join(', ')}`)
  if (c.error !== undefined) withKeys(c.error, errorKeys)
  return { ...c, why }
}

function withKeys(value: unknown, { needed, allowed }: Keys) {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`expected keys, found ${JSON.stringify(value)}`)
  const said = JSON.stringify(value).slice(0, 120)
  for (const key of Object.keys(value)) {
    if (![...needed, ...allowed].includes(key))
      throw new Error(`unknown key "${key}" in ${said}`)
  }
  for (const key of needed) {
    if (!Object.hasOwn(value, key))
      throw new Error(`key "${key}" is missing in ${said}`)
  }
  return value as Readonly<Record<string, unknown>>
}

/** The error that the case states is among these, as it states it. */
export function expectError(
  errors: readonly Diagnostic[],
  expected: ExpectedError,
): void {
  const { code, at, message, hint = '' } = expected
  const said = errors.map(printDiagnostic).join('\n')
  const found = errors.find((d) => d.code === code)
  expect(found, said).toBeDefined()
  const { line, column } = found!.position!
  expect(`${line}:${column}`).toBe(at)
  expect(found!.message).toContain(message)
  expect(found!.hint ?? '').toContain(hint)
}
