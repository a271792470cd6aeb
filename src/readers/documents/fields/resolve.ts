// What does a field come to? Fields that only make text (QUOTE, SET, REF, properties, IF, sums) are worked out, so that what
// they hide stands in the field around them; of others the result is taken that the document keeps.
// ECMA-376 part 1, 17.16.5.
import { valueOfSum } from './arithmetic.ts'
import type { FieldNode } from './node.ts'
import { type CodePiece, type FieldWord, wordsOf } from './words.ts'

/** Of a value, in UTF-16 units. */
const maxValueUnits = 32 * 1024
/** That fields of one document may give in all, in UTF-16 units: each may stand in the next twice. */
const maxResolvedUnits = 16 * 1024 * 1024

export interface Resolved {
  /** The code with the values of what stands in it. */
  readonly text: string
  readonly words: readonly FieldWord[]
  /** How its text was hidden. */
  readonly tricks: readonly string[]
}

/** What names stand for, in lower case. */
export interface Names {
  /** By SET, in the order in which the fields stand. */
  readonly set: Map<string, string>
  /** Bookmarks, and what SET made of a name anywhere. */
  readonly bookmarks: ReadonlyMap<string, string>
  /** Properties and variables of the document. */
  readonly properties: ReadonlyMap<string, string>
}

/** Fields that give the property of their name. */
const propertyFields = new Set([
  'TITLE',
  'SUBJECT',
  'AUTHOR',
  'KEYWORDS',
  'COMMENTS',
  'LASTSAVEDBY',
  'TEMPLATE',
])

export class Resolver {
  readonly #names: Names
  #left = maxResolvedUnits

  constructor(names: Names) {
    this.#names = names
  }

  resolve(node: FieldNode): Resolved {
    const tricks = new Set<string>()
    const pieces = this.#pieces(node, tricks)
    if (node.isCut) tricks.add('split')
    const text = pieces.map((p) => p.text).join('')
    return { text: text.trim(), words: wordsOf(pieces), tricks: [...tricks] }
  }

  #pieces(node: FieldNode, tricks: Set<string>): CodePiece[] {
    const pieces: CodePiece[] = []
    // Text that is cut anywhere, also behind a backslash, is one text.
    let open: string[] = []
    const close = () => {
      if (open.length > 0) pieces.push({ text: open.join(''), isValue: false })
      open = []
    }
    for (const part of node.code) {
      if (typeof part === 'string') open.push(part)
      else {
        close()
        tricks.add('nested')
        pieces.push({ text: this.#value(part, tricks), isValue: true })
      }
    }
    close()
    return pieces
  }

  #value(node: FieldNode, tricks: Set<string>): string {
    if (this.#left <= 0) return ''
    const words = wordsOf(this.#pieces(node, tricks))
    const made = this.#make(words, tricks) ?? node.result
    const value = formatted(made, words).slice(0, maxValueUnits)
    this.#left -= value.length + 1
    return value
  }

  /** undefined: it is none that makes text. */
  #make(words: readonly FieldWord[], tricks: Set<string>): string | undefined {
    const [keyword, ...rest] = words
    if (!keyword) return ''
    const args = argumentsOf(rest)
    const type = keyword.text.toUpperCase()
    if (type.startsWith('=')) {
      const sum = [keyword.text.slice(1), ...args.map((a) => a.text)].join(' ')
      const value = valueOfSum(sum)
      if (value !== undefined) tricks.add('arithmetic')
      return value?.toString()
    }
    switch (type) {
      case 'QUOTE':
        tricks.add('quote')
        return args.map(quoted).join('')
      case 'SYMBOL':
        tricks.add('quote')
        return args[0] ? quoted(args[0]) : ''
      case 'SET':
        this.#set(args)
        return ''
      case 'IF':
        tricks.add('condition')
        return chosen(args)
      default:
        return this.#named(type, args, tricks)
    }
  }

  #set([name, value]: readonly FieldWord[]) {
    if (!name || !value) return
    this.#names.set.set(name.text.toLowerCase(), value.text)
  }

  /** REF may be left out before the name of a bookmark. */
  #named(
    type: string,
    args: readonly FieldWord[],
    tricks: Set<string>,
  ): string | undefined {
    const { set, bookmarks, properties } = this.#names
    const isReference = type === 'REF'
    const isProperty =
      type === 'DOCPROPERTY' || type === 'DOCVARIABLE' || type === 'INFO'
    const name = (isReference || isProperty ? args[0]?.text : type) ?? ''
    const key = name.toLowerCase()
    const found =
      isProperty || propertyFields.has(type)
        ? properties.get(key)
        : (set.get(key) ?? bookmarks.get(key))
    if (found !== undefined || isReference || isProperty) {
      tricks.add('indirection')
    }
    return found
  }

  /** Takes what a field defines, wherever it stands. */
  define(node: FieldNode): void {
    const words = wordsOf(this.#pieces(node, new Set()))
    if (words[0]?.text.toUpperCase() === 'SET') {
      this.#set(argumentsOf(words.slice(1)))
    }
  }
}

/** A number is the code of a character. */
function quoted({ text, isQuoted }: FieldWord): string {
  if (isQuoted) return text
  const isHex = /^0x[\da-f]{1,6}$/i.test(text)
  if (!isHex && !/^\d{1,7}$/.test(text)) return text
  const code = Number(text)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Without switches and what belongs to them: `\\* MERGEFORMAT`, and those of the type that `own` lists. */
export function argumentsOf(
  words: readonly FieldWord[],
  own = '',
): readonly FieldWord[] {
  const args: FieldWord[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!word.isSwitch) args.push(word)
    else if ('*#@'.includes(word.text) || own.includes(word.text)) i++
  }
  return args
}

function formatted(text: string, words: readonly FieldWord[]): string {
  const at = words.findIndex((w) => w.isSwitch && w.text === '*')
  switch (at < 0 ? undefined : words[at + 1]?.text.toLowerCase()) {
    case 'upper':
      return text.toUpperCase()
    case 'lower':
      return text.toLowerCase()
    default:
      return text
  }
}

/** `IF left operator right "then" "else"`. */
function chosen(args: readonly FieldWord[]): string {
  const [left, operator, right, yes, no] = args
  if (!left || !operator || !right) return ''
  const holds = compare(left.text, operator.text, right.text)
  return (holds ? yes : no)?.text ?? ''
}

function compare(left: string, operator: string, right: string): boolean {
  const [a, b] = [Number(left), Number(right)]
  const areNumbers = left !== '' && right !== '' && !Number.isNaN(a - b)
  const order = areNumbers ? a - b : left < right ? -1 : left > right ? 1 : 0
  switch (operator) {
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
    default:
      return order === 0
  }
}
