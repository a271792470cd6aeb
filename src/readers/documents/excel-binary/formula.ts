// A formula as people write it, made of its tokens in reverse Polish order (MS-XLS 2.5.198). Beside the text stands what it
// comes to where only constants, `&` and CHAR make it: macros hide commands that way. Nothing is evaluated that could
// do anything.
import { Cursor } from '../binary/cursor.ts'
import { one, textFunction } from '../formula/functions.ts'
import type { Texts } from '../formula/texts.ts'
import { arithmetic } from '../formula/operators.ts'

import { type CellAt, nameOf, onSheet, placedBy } from './cell-reference.ts'
import { sheetFunction } from './functions.ts'
import { characters, readString } from './strings.ts'
import { errors, operators } from './token-signs.ts'
import { type FormulaVersion, tokenSizes } from './token-sizes.ts'

export interface FormulaNames {
  /** A defined name, by its 1-based number. */
  name(index: number): string | undefined
  /** A name in another book, and what that book is. */
  external(sheet: number, index: number): string | undefined
  sheet(index: number): string | undefined
  /** What a cell holds, for text that is put together of cells; row and column from 0. */
  cell(
    sheet: number | undefined,
    row: number,
    column: number,
  ): string | undefined
}

export interface Formula {
  readonly text: string
  /** `text` with all that is constant put together; equal to it where nothing was. */
  readonly folded: string
  /** The text that it comes to; undefined: constants and cells do not tell. */
  readonly value: string | undefined
  /** Names of functions that it calls, upper case. */
  readonly calls: readonly string[]
  /** It could be read to its end. */
  readonly whole: boolean
}

interface Part {
  readonly text: string
  readonly folded: string
  /** The text it comes to; of several cells those of all. */
  readonly value?: Texts
}

const maxTokens = 8192
const maxText = 32 * 1024
const maxStack = 1024

/** `at`: the cell from which a formula that several share counts. */
export function formulaOf(
  tokens: Buffer,
  version: FormulaVersion,
  names: FormulaNames,
  at?: CellAt,
): Formula {
  return new Decompiler(tokens, version, names, at).formula()
}

class Decompiler {
  readonly #cursor: Cursor
  readonly #version: FormulaVersion
  readonly #names: FormulaNames
  readonly #at: CellAt
  readonly #stack: Part[] = []
  readonly #calls = new Set<string>()
  #full = false

  constructor(
    tokens: Buffer,
    version: FormulaVersion,
    names: FormulaNames,
    at: CellAt = { row: 0, column: 0 },
  ) {
    this.#cursor = new Cursor(tokens)
    this.#version = version
    this.#names = names
    this.#at = at
  }

  formula(): Formula {
    let whole = true
    for (let n = 0; this.#cursor.left > 0; n++) {
      whole =
        n < maxTokens && this.#token() && !this.#cursor.short && !this.#full
      if (!whole) break
    }
    const parts = this.#stack.length ? this.#stack : [{ text: '', folded: '' }]
    return {
      text: parts
        .map((p) => p.text)
        .join(' ')
        .slice(0, maxText),
      folded: parts
        .map((p) => p.folded)
        .join(' ')
        .slice(0, maxText),
      value: parts.length === 1 ? one(parts[0]!.value) : undefined,
      calls: [...this.#calls],
      whole,
    }
  }

  /** false: what it is is not known, so what follows cannot be read. */
  #token(): boolean {
    const id = this.#cursor.u8()
    if (id >= 3 && id <= 17) return this.#binary(operators[id]!)
    if (id < 0x20) return this.#basic(id)
    // Three classes (reference, value, array) of one token.
    return this.#classed((id & 0x1f) | 0x20)
  }

  #push(text: string, value?: Texts): true {
    const folded = typeof value === 'string' ? quoted(value) : text
    return this.#put({ text, folded, value })
  }

  #put(part: Part): true {
    this.#full ||=
      this.#stack.length >= maxStack ||
      part.text.length > maxText ||
      part.folded.length > maxText
    this.#stack.push(part)
    return true
  }

  #pop(): Part {
    return this.#stack.pop() ?? { text: '', folded: '' }
  }

  #binary(operator: string): true {
    const right = this.#pop()
    const left = this.#pop()
    const [first, second] = [one(left.value), one(right.value)]
    const value =
      operator === '&'
        ? joined(first, second)
        : arithmetic(first, operator, second)
    return this.#put({
      text: `${left.text}${operator}${right.text}`,
      folded:
        value === undefined
          ? `${left.folded}${operator}${right.folded}`
          : quoted(value),
      value,
    })
  }

  #around(before: string, after: string): true {
    const { text, folded, value } = this.#pop()
    return this.#put({
      text: before + text + after,
      folded: before + folded + after,
      value: before === '(' ? value : undefined,
    })
  }

  #basic(id: number): boolean {
    const cursor = this.#cursor
    switch (id) {
      case 1:
      case 2:
        cursor.skip(4)
        return this.#push('{shared}')
      case 0x12:
        return this.#around('+', '')
      case 0x13:
        return this.#around('-', '')
      case 0x14:
        return this.#around('', '%')
      case 0x15:
        return this.#around('(', ')')
      case 0x16:
        return this.#push('')
      case 0x17:
        return this.#string()
      case 0x18:
        // Lists of Excel 2007 (2.5.198.59): only their size matters.
        cursor.skip(cursor.u8() === 0x19 ? 12 : 4)
        return this.#push('{list}')
      case 0x19:
        return this.#attribute()
      case 0x1c:
        return this.#push(errors[cursor.u8()] ?? '#N/A')
      case 0x1d:
        return this.#push(cursor.u8() ? 'TRUE' : 'FALSE')
      case 0x1e:
        return this.#number(cursor.u16())
      case 0x1f:
        return this.#number(cursor.f64())
      default:
        return false
    }
  }

  #number(number: number): true {
    return this.#put({
      text: String(number),
      folded: String(number),
      value: String(number),
    })
  }

  #string(): true {
    const cursor = this.#cursor
    const text =
      this.#version === 12
        ? characters(cursor, cursor.u16(), 1)
        : readString(cursor, this.#version, 'short')
    return this.#push(quoted(text), text)
  }

  #attribute(): true {
    const cursor = this.#cursor
    const kind = cursor.u8()
    const data = cursor.u16()
    // 2.5.198.36: a jump table of CHOOSE follows.
    if (kind & 4) cursor.skip((data + 1) * 2)
    return kind & 0x10 ? this.#call('SUM', 1) : true
  }

  #classed(id: number): boolean {
    const { rest, area, ref } = tokenSizes[this.#version]
    const cursor = this.#cursor
    switch (id) {
      case 0x21: {
        const { name, fixed } = sheetFunction(cursor.u16())
        return this.#call(name, fixed ?? 1)
      }
      case 0x22: {
        const count = cursor.u8() & 0x7f
        return this.#variable(count, cursor.u16())
      }
      case 0x23:
        return this.#name()
      case 0x24:
      case 0x2c:
        return this.#reference(undefined, id === 0x2c)
      case 0x25:
      case 0x2d:
        return this.#area(undefined, id === 0x2d)
      case 0x39:
        return this.#externalName()
      case 0x3a:
        return this.#reference(this.#sheetIndex(), false)
      case 0x3b:
        return this.#area(this.#sheetIndex(), false)
      case 0x3c:
        this.#sheetIndex()
        return this.#push('#REF!', skipped(cursor, ref))
      case 0x3d:
        this.#sheetIndex()
        return this.#push('#REF!', skipped(cursor, area))
      default: {
        const size = rest[id]
        if (size === undefined) return false
        cursor.skip(size)
        return placeless.has(id)
          ? true
          : this.#push(id === 0x20 ? '{array}' : '#REF!')
      }
    }
  }

  #variable(count: number, id: number): true {
    const { name } = sheetFunction(id)
    // 255: the function is a name, the first argument.
    if (id !== 255) return this.#call(name, count)
    const called = this.#stack.at(-count)?.text ?? 'FUNCTION'
    if (count > 0 && this.#stack.length >= count)
      this.#stack.splice(this.#stack.length - count, 1)
    return this.#call(called, Math.max(0, count - 1))
  }

  #call(name: string, count: number): true {
    const arguments_ = this.#stack.splice(
      Math.max(0, this.#stack.length - count),
      count,
    )
    if (count === 0) arguments_.length = 0
    this.#calls.add(name.toUpperCase())
    const value = constantCall(name, arguments_)
    const folded = arguments_.map((a) => a.folded).join(',')
    return this.#put({
      text: `${name}(${arguments_.map((a) => a.text).join(',')})`,
      folded: typeof value === 'string' ? quoted(value) : `${name}(${folded})`,
      value,
    })
  }

  #name(): true {
    const cursor = this.#cursor
    const index = this.#version === 5 ? cursor.u16() : cursor.u32()
    if (this.#version === 5) cursor.skip(12)
    return this.#push(this.#names.name(index) ?? `NAME.${index}`)
  }

  #externalName(): true {
    const cursor = this.#cursor
    const sheet = cursor.u16()
    if (this.#version === 5) cursor.skip(8)
    const index = this.#version === 5 ? cursor.u16() : cursor.u32()
    if (this.#version === 5) cursor.skip(12)
    return this.#push(this.#names.external(sheet, index) ?? `EXTERNAL.${index}`)
  }

  #sheetIndex(): number {
    const sheet = this.#cursor.u16()
    // BIFF5: 8 unused bytes, then first and last sheet.
    if (this.#version !== 5) return sheet
    this.#cursor.skip(8)
    const first = this.#cursor.u16()
    this.#cursor.skip(2)
    return first
  }

  #sheetName(index: number): string {
    return this.#names.sheet(index) ?? `SHEET.${index}`
  }

  #reference(sheet: number | undefined, isShared: boolean): true {
    const row = this.#rowNumber()
    const column = this.#columnNumber()
    const place = this.#placed({ row, column }, isShared)
    return this.#push(
      this.#shown(sheet, nameOf(place)),
      this.#names.cell(sheet, place.row, place.column),
    )
  }

  /** From one cell to another. */
  #area(sheet: number | undefined, isShared: boolean): true {
    const [top, bottom] = [this.#rowNumber(), this.#rowNumber()]
    const [left, right] = [this.#columnNumber(), this.#columnNumber()]
    const from = nameOf(this.#placed({ row: top, column: left }, isShared))
    const to = nameOf(this.#placed({ row: bottom, column: right }, isShared))
    return this.#push(this.#shown(sheet, `${from}:${to}`))
  }

  #shown(sheet: number | undefined, cell: string): string {
    return sheet === undefined ? cell : onSheet(this.#sheetName(sheet), cell)
  }

  #placed(cell: CellAt, isShared: boolean): CellAt {
    return placedBy(this.#version, cell, isShared ? this.#at : undefined)
  }

  #rowNumber(): number {
    return this.#version === 12 ? this.#cursor.u32() : this.#cursor.u16()
  }

  #columnNumber(): number {
    return this.#version === 5 ? this.#cursor.u8() : this.#cursor.u16()
  }
}

function joined(
  first: string | undefined,
  second: string | undefined,
): string | undefined {
  if (first === undefined || second === undefined) return undefined
  return (first + second).slice(0, maxText)
}

function skipped(cursor: Cursor, count: number): undefined {
  cursor.skip(count)
  return undefined
}

/** Tokens that only say how long what follows is. */
const placeless = new Set([38, 39, 40, 41, 46, 47])

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** What functions that only put text together come to, where all that they are given is known. */
function constantCall(name: string, given: readonly Part[]): Texts {
  const values = given.map((g) => g.value)
  if (values.length === 0 || values.includes(undefined)) return undefined
  return textFunction(name.toUpperCase(), values)
}
