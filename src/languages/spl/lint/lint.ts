// What reading alone tells about a search that is written properly and still cannot mean what it says.
import { nearest } from '../../../base/did-you-mean.ts'

import type { Expression } from '../../../ir/expression.ts'
import { nodesOf } from '../../../ir/expression.ts'
import type { Resolution } from '../../../ir/field-source.ts'
import { fieldsOf } from '../../../ir/predicate.ts'

import { patternTest } from '../../../meaning/pattern.ts'

import type { Command, SearchNode } from '../ast.ts'
import { namesIn, useOf } from '../command-fields.ts'
import type { FieldMap } from '../fields.ts'
import { knownNames, resolveField } from '../fields.ts'
import { singleValued } from '../known-fields.ts'
import { textPattern } from '../patterns.ts'
import type { Selected } from './selected.ts'
import {
  describeSelected,
  fieldsOfSelected,
  platformOfSelected,
  selectedBy,
} from './selected.ts'
import { contradiction, contradictionIn, isPartOf } from './contradictions.ts'
import { joinedIn, joinedNames } from './joined-names.ts'
import { type ModelScope, modelFieldLint, scopeOf } from './model-fields.ts'
import { asteriskIn, keepsAll, literalLints } from './literals.ts'
import type { SearchLint } from './search-lint.ts'
import type { Report } from '../report.ts'
import { isTimeModifier } from '../time-modifier.ts'

/** By command; everything is also reported. */
export function lintCommands(
  commands: readonly Command[],
  fields: FieldMap,
  report: Report,
): Map<Command, SearchLint[]> {
  const found = new Map<Command, SearchLint[]>()
  const state = new State(fields, (name, from) => report.placeOf(name, from))
  for (const command of commands) {
    const lints = state.lint(command)
    for (const { severity = 'warning', code, message, at, hint } of lints)
      report.add(severity, code, message, at, hint)
    if (lints.length) found.set(command, lints)
  }
  return found
}

/** What is known of the rows where a command stands. */
class State {
  readonly #fields: FieldMap
  #ways: readonly Selected[] = [{ source: undefined, ids: undefined }]
  /** Names that commands have set: no longer what the vocabulary says. */
  readonly #made = new Set<string>()
  /** The only fields that rows have, behind a command that makes new ones; undefined: the event's. */
  #only: Set<string> | undefined
  #onEvents = true
  /** The data model whose events these are. */
  #model: ModelScope | undefined
  readonly #placeOf: Report['placeOf']

  constructor(fields: FieldMap, placeOf: Report['placeOf']) {
    this.#fields = fields
    this.#placeOf = placeOf
  }

  lint(command: Command): SearchLint[] {
    const out: SearchLint[] = []
    if (command.kind === 'search' && this.#onEvents) {
      const ways = selectedBy(command.of)
      if (ways.some((w) => w.source ?? w.ids)) this.#ways = ways
    }
    if (command.kind === 'search') {
      this.#search(command.of, out, false)
    } else if (command.kind === 'where') this.#expression(command.of, out)
    else if (command.kind === 'eval') {
      for (const { of } of command.set) this.#assigned(of, out)
    }
    if (command.kind === 'tstats' || command.kind === 'model')
      this.#model =
        command.dataModel === undefined
          ? undefined
          : scopeOf(command.dataModel, command.kind === 'tstats')
    if (this.#onEvents && command.kind !== 'tstats')
      this.#unknownFields(command, out)
    if (this.#onEvents) this.#modelFields(command, out)
    this.#missingReads(command, out)
    this.#advance(command)
    return out
  }

  #advance(command: Command) {
    const { makes, only, keepsInternal } = useOf(command)
    for (const name of makes) this.#made.add(name)
    if (command.kind !== 'search') this.#onEvents &&= !only
    if (only)
      this.#only = new Set(keepsInternal ? [...only, '_time', '_raw'] : only)
    else if (makes.includes('*')) this.#only = undefined
    else for (const name of makes) this.#only?.add(name)
  }

  #resolution(name: string): Resolution | undefined {
    if (this.#made.has(name)) return undefined
    return resolveField(name, this.#fields) ?? [{ kind: 'field', name }]
  }

  #search(n: SearchNode, out: SearchLint[], negated: boolean) {
    if (n.kind === 'and' || n.kind === 'or') {
      // What a command made may hold several values, of which each side means one.
      put(
        out,
        contradiction(n, (field) => !this.#made.has(field)),
      )
      for (const child of n.of) this.#search(child, out, negated)
      return
    }
    if (n.kind === 'not') this.#search(n.of, out, !negated)
    if (n.kind !== 'compare' && n.kind !== 'in') return
    put(out, this.#missingField(n.field, n.at, 'no comparison with it holds'))
    if (n.kind === 'compare' && (n.op === '=' || n.op === '!=')) {
      this.#literal(n.field, n.value.text, n.at, out, 'search')
      const places = this.#resolution(n.field)
      const { field, value, at } = n
      if (!negated && n.op === '=' && places)
        put(out, keepsAll({ field, places, text: value.text, at }))
    } else if (n.kind === 'in') {
      for (const v of n.values)
        this.#literal(n.field, v.text, n.at, out, 'search')
    }
  }

  #assigned(e: Expression, out: SearchLint[]) {
    this.#missingFields(e, out, 'it is always null')
    for (const node of nodesOf(e)) {
      this.#joinedArguments(node, out)
      if (node.kind !== 'binary' || !['=', '!='].includes(node.op)) continue
      const { left, right } = node
      if (left.kind === 'field' && right.kind === 'field')
        this.#bareWord(right.name, right.at ?? node.at ?? e.at ?? 0, out)
    }
  }

  #expression(e: Expression, out: SearchLint[]) {
    this.#missingFields(
      e,
      out,
      'it is always null, and no comparison with it holds',
    )
    const parts = new Set<Expression>()
    for (const node of nodesOf(e)) {
      const at = node.at ?? e.at ?? 0
      this.#joinedArguments(node, out)
      if (node.kind === 'binary') {
        for (const child of [node.left, node.right])
          if (isPartOf(child, node)) parts.add(child)
        if (!parts.has(node)) put(out, contradictionIn(node))
        for (const lint of joinedNames(node, this.#exists)) out.push(lint)
        const { left, right } = node
        if (!['=', '!='].includes(node.op)) continue
        if (left.kind === 'field' && right.kind === 'literal') {
          put(out, asteriskIn(left.name, String(right.value), at))
          this.#literal(left.name, String(right.value), at, out, 'where')
        }
        if (left.kind === 'field' && right.kind === 'field')
          this.#bareWord(right.name, right.at ?? at, out)
      } else if (node.kind === 'in' && node.of.kind === 'field') {
        for (const v of node.values) {
          if (v.kind === 'literal')
            this.#literal(
              node.of.name,
              String(v.value),
              v.at ?? at,
              out,
              'where',
            )
        }
      }
    }
  }

  /** A literal that the field's values can never be. */
  #literal(
    field: string,
    text: string,
    at: number,
    out: SearchLint[],
    command: 'search' | 'where',
  ) {
    const places = this.#resolution(field)
    if (!places) return
    const platform = platformOfSelected(this.#ways)
    for (const lint of literalLints(
      { field, places, text, at },
      platform,
      command,
    ))
      out.push(lint)
  }

  #missingFields(e: Expression, out: SearchLint[], so: string) {
    for (const node of nodesOf(e)) {
      if (node.kind !== 'field') continue
      const { name, at = 0 } = node
      const asText = `write "${name}" in double quotes to mean the text`
      put(out, this.#missingField(name, at, so, asText))
    }
  }

  /** Behind stats and the like a row has the fields that were made, and no others. */
  #missingField(
    name: string,
    at: number,
    so: string,
    hint?: string,
  ): SearchLint | undefined {
    const only = this.#only
    if (!only || has(only, name) || name.startsWith('<<')) return undefined
    if (name.includes('*') && holdsOne(only, name)) return undefined
    const near = nearest(name, only, 1)[0]
    const meant = near ? `did you mean "${near}"?` : hint
    return {
      code: 'P044',
      message: `no row has a field "${name}" here: ${so}`,
      at,
      ...(meant && { hint: meant }),
    }
  }

  readonly #exists = (name: string) => this.#mayExist(name)

  #joinedArguments(node: Expression, out: SearchLint[]) {
    if (node.kind !== 'call') return
    for (const e of node.of) put(out, joinedIn(e, this.#exists))
  }

  #mayExist(name: string): boolean {
    return (
      this.#made.has(name) ||
      singleValued.has(name) ||
      name.startsWith('<<') ||
      resolveField(name, this.#fields) !== undefined
    )
  }

  #bareWord(name: string, at: number, out: SearchLint[]) {
    if (this.#only || this.#mayExist(name)) return
    out.push({
      code: 'P044',
      message: `"${name}" right of a comparison is a field, and no source is known to have it`,
      at,
      hint: `write "${name}" in double quotes to mean the text`,
    })
  }

  /** What a condition asks is told where it stands; a column that is shown empty shows it itself. */
  #missingReads(command: Command, out: SearchLint[]) {
    if (toldElsewhere.has(command.kind)) return
    for (const name of namesIn([command])) {
      if (name === '*' || name.startsWith('_')) continue
      const at = this.#placeOf(name, command.at)
      const so = `"${command.kind}" finds nothing there`
      put(out, this.#missingField(name, at, so))
    }
  }

  #modelFields(command: Command, out: SearchLint[]) {
    const scope = this.#model
    if (!scope) return
    for (const name of namesIn([command])) {
      if (this.#made.has(name) || this.#fields.has(name)) continue
      put(out, modelFieldLint(name, scope, this.#placeOf(name, command.at)))
    }
  }

  #unknownFields(command: Command, out: SearchLint[]) {
    const known = fieldsOfSelected(this.#ways)
    if (!known) return
    for (const name of namesIn([command])) {
      if (
        name.includes('*') ||
        metadata.has(name) ||
        isTimeModifier(name) ||
        this.#made.has(name)
      )
        continue
      const r = this.#resolution(name)
      if (!r || r.some((p) => canFill(p, known))) continue
      const near = nearest(name, [...known, ...knownNames], 1)[0]
      out.push({
        code: 'P043',
        message: `${describeSelected(this.#ways)} has no field "${name}", so every comparison with it fails`,
        at: this.#placeOf(name, command.at),
        ...(near ? { hint: `did you mean "${near}"?` } : {}),
      })
    }
  }
}

const toldElsewhere: ReadonlySet<Command['kind']> = new Set([
  'search',
  'where',
  'eval',
  'table',
  'fields',
  'fillnull',
])

/** Names that every row has without an event's field. */
const metadata = new Set([
  '_time',
  '_raw',
  'host',
  'source',
  'sourcetype',
  'index',
  'splunk_server',
  'linecount',
  'tag',
  'eventtype',
  'search',
  'query',
])

function canFill(p: Resolution[number], known: ReadonlySet<string>): boolean {
  switch (p.kind) {
    case 'constant':
      return true
    case 'cases':
      return p.cases.some((c) =>
        [...fieldsOf(c.when)].some((f) => known.has(f)),
      )
    default:
      return known.has(p.name)
  }
}

function has(names: ReadonlySet<string>, name: string): boolean {
  if (names.has(name)) return true
  return [...names].some((n) => n.includes('*'))
}

/** Of names with wildcards those are meant that they fit. */
function holdsOne(names: ReadonlySet<string>, pattern: string): boolean {
  const fits = patternTest(textPattern(pattern), true)
  return [...names].some((name) => fits(name))
}

function put(out: SearchLint[], lint: SearchLint | undefined): void {
  if (lint) out.push(lint)
}
