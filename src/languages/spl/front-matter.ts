// The head of a rule that is a search: YAML between two lines of `---`, then the search.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Resolution } from '../../ir/field-source.ts'
import type { RuleMeta } from '../../ir/rule.ts'

import type { HeadFault } from '../../rule-text/head.ts'
import { readHead } from '../../rule-text/head.ts'
import { ProblemList } from '../../rule-text/problems.ts'
import type { YamlDocument } from '../../rule-text/yaml/read.ts'
import { readSection } from '../../rule-text/yaml/read.ts'
import type { Section } from '../../rule-text/yaml/sections.ts'
import type { YamlMap, YamlValue } from '../../rule-text/yaml/value.ts'
import { describe, isList, isMap } from '../../rule-text/yaml/value.ts'

import type { FieldMap } from './fields.ts'
import { parsePlace } from './fields.ts'

interface SplitFile {
  readonly head: Section | undefined
  /** Where the search begins. */
  readonly offset: number
}

/** A head that does not end is none. */
function splitFrontMatter(text: string): SplitFile {
  const open = /^\uFEFF?---[ \t]*\r?\n/.exec(text)
  if (!open) return { head: undefined, offset: 0 }
  const close = /\r?\n---[ \t]*(?:\r?\n|$)/g
  close.lastIndex = open[0].length - 1
  const end = close.exec(text)
  if (!end) return { head: undefined, offset: 0 }
  const head = { text: text.slice(open[0].length, end.index), line: 1 }
  return { head, offset: end.index + end[0].length }
}

type HeadCode = 'P020' | 'P051'

const codes: Readonly<Record<HeadFault, HeadCode>> = {
  'wrong-type': 'P020',
  level: 'P020',
  title: 'P020',
  'unknown-key': 'P020',
  id: 'P051',
  date: 'P051',
  status: 'P051',
  tag: 'P051',
}

const ownKeys = ['techniques', 'fields', 'show']

const noFields: FieldMap = new Map()

/** The front matter of one file, and what is wrong with it. */
export class FrontMatter {
  /** Where the search begins. */
  readonly offset: number
  /** Whether the file has any. */
  readonly isThere: boolean
  /** undefined: there is no mapping to read it from. */
  readonly meta: RuleMeta | undefined
  /** Places of names, which go before the vocabulary. */
  readonly fields: FieldMap
  readonly #problems: ProblemList<HeadCode>
  readonly #document: YamlDocument

  constructor(text: string, file: string) {
    const { head, offset } = splitFrontMatter(text)
    const documents = head ? readSection(head) : []
    this.offset = offset
    this.isThere = head !== undefined
    this.#document = documents[0] ?? nothingIn(head)
    this.#problems = new ProblemList(file, (code) =>
      code === 'P020' ? 'error' : 'warning',
    )
    const map = head && this.#mapping(documents)
    this.meta = map && this.#meta(map, file)
    this.fields = map ? this.#fields(map.get('fields')) : noFields
  }

  get failed(): boolean {
    return this.#problems.failed
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#problems.diagnostics(this.#document)
  }

  refuse(message: string, hint?: string): void {
    this.#problems.report('P020', { path: [] }, message, hint)
  }

  refuseId(message: string): void {
    this.#problems.report('P020', { path: ['id'] }, message)
  }

  #mapping(documents: readonly YamlDocument[]): YamlMap | undefined {
    const { value, errors } = this.#document
    for (const { message, position } of errors) {
      this.#problems.report(
        'P020',
        position,
        `the front matter is not YAML: ${message}`,
      )
    }
    if (errors.length) return undefined
    if (documents.length > 1) {
      this.refuse('the front matter holds several documents')
      return undefined
    }
    if (isMap(value)) return value
    this.refuse(
      `the front matter is ${describe(value)}; a mapping was expected`,
    )
    return undefined
  }

  #meta(map: YamlMap, file: string): RuleMeta {
    return readHead(map, {
      file,
      line: this.#document.line,
      ownKeys,
      isClosed: true,
      shown: 'show',
      report: (fault, place, message, hint) =>
        this.#problems.report(codes[fault], place, message, hint),
    })
  }

  /** `module_path: ImageLoaded`, or a list of places in order of preference. */
  #fields(value: YamlValue | undefined): FieldMap {
    if (value === undefined || value === null) return noFields
    if (!isMap(value)) {
      this.#problems.report(
        'P020',
        { path: ['fields'] },
        `"fields" is ${describe(value)}; a mapping of names to places was expected`,
      )
      return noFields
    }
    const map = new Map<string, Resolution>()
    for (const [name, list] of value) {
      const places = (isList(list) ? list : [list]).map((place) =>
        typeof place === 'string' ? parsePlace(place) : undefined,
      )
      const known = places.filter((place) => place !== undefined)
      if (known.length && known.length === places.length) map.set(name, known)
      else {
        this.#problems.report(
          'P020',
          { path: ['fields', name] },
          `"fields.${name}" is no place`,
          'write a field, basename(field), dirname(field) or a quoted text',
        )
      }
    }
    return map
  }
}

function nothingIn(head: Section | undefined): YamlDocument {
  const section = head ?? { text: '', line: 0 }
  return { value: null, line: section.line + 1, errors: [], section, index: 0 }
}
