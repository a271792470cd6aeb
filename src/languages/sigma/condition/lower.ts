// What does a condition mean once its names are put in? Selections are lowered once each, where first needed.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Predicate } from '../../../ir/predicate.ts'

import { quote } from '../../../rule-text/yaml/value.ts'

import type { Condition, Detections } from '../ast.ts'
import { lowerSelection } from '../detection/lower.ts'
import type { Placeholders } from '../detection/placeholder.ts'
import type { Problems } from '../problems.ts'

import { atLeast, combinations, matchNames } from './names.ts'
import type { ConditionNode } from './parse.ts'

/** Leaves of one rule's tree, counted as often as they are used; the largest public rule has some 1,500. */
const maxLeaves = 200_000

/** Stands where something was reported. */
const never: Predicate = { kind: 'constant', value: false }

export function lowerDetections(
  detections: Detections,
  placeholders: Placeholders,
  problems: Problems,
): Predicate | undefined {
  const lowering = new ConditionLowering(detections, placeholders, problems)
  return lowering.lower()
}

class ConditionLowering {
  readonly #detections: Detections
  readonly #placeholders: Placeholders
  readonly #problems: Problems
  readonly #lowered = new Map<string, Predicate | undefined>()
  readonly #sizes = new Map<string, number>()
  #leaves = 0
  #condition: Condition | undefined
  #failed = false

  constructor(
    detections: Detections,
    placeholders: Placeholders,
    problems: Problems,
  ) {
    this.#detections = detections
    this.#placeholders = placeholders
    this.#problems = problems
  }

  lower(): Predicate | undefined {
    const of = this.#detections.conditions.map((c) => {
      this.#condition = c
      return this.#node(c.node, false)
    })
    this.#unused(of.length > 0)
    if (this.#failed || !of.length) return undefined
    return of.length === 1 ? of[0] : { kind: 'or', of }
  }

  #node(node: ConditionNode, negated: boolean): Predicate {
    // What goes beyond the bound is not even listed.
    if (this.#leaves > maxLeaves) return never
    switch (node.kind) {
      case 'and':
      case 'or':
        return {
          kind: node.kind,
          of: node.of.map((child) => this.#node(child, false)),
        }
      case 'not':
        return { kind: 'not', of: this.#node(node.of, true) }
      case 'name':
        return this.#named(node)
      case 'some':
        return this.#some(node, negated)
    }
  }

  #named(node: ConditionNode & { kind: 'name' }): Predicate {
    if (this.#detections.selections.has(node.name)) {
      return this.#selection(node.name, node.at)
    }
    const names = [...this.#detections.selections.keys()]
    return this.#fail(
      'S022',
      node.at,
      `the condition names ${quote(node.name)}, which is no selection of this rule`,
      () => {
        const lower = node.name.toLowerCase()
        const found = names.find((n) => n.toLowerCase() === lower)
        return found
          ? `names are compared with case: "${found}"`
          : didYouMean(node.name, names)
      },
    )
  }

  #some(node: ConditionNode & { kind: 'some' }, negated: boolean): Predicate {
    const names = matchNames(node.of, this.#detections.selections.keys())
    if (!names.length) return this.#nothing(node, negated)
    const of: Predicate[] = []
    for (const name of names) {
      of.push(this.#selection(name, node.at))
      if (this.#leaves > maxLeaves) return never
    }
    const least = node.least === 'all' ? of.length : node.least
    const label = { label: node.text }
    if (least > of.length) {
      return this.#fail(
        'S023',
        node.at,
        `${quote(node.text)} can never hold: ${of.length} selections match ${quote(node.of)}`,
      )
    }
    if (of.length === 1) return { kind: 'and', of, ...label }
    if (least === 1) return { kind: 'or', of, ...label }
    if (least === of.length) return { kind: 'and', of, ...label }
    const count = combinations(of.length, least)
    if (!this.#charge(count * least, node.at)) return never
    return { ...atLeast(least, of), ...label }
  }

  // Filters get trimmed until none is left; `not 1 of filter_*` then excludes nothing, and authors rely on that.
  #nothing(
    node: ConditionNode & { kind: 'some' },
    negated: boolean,
  ): Predicate {
    if (negated && node.least !== 'all') {
      this.#problems.report(
        'S063',
        { path: this.#condition!.path, offset: node.at },
        `no selection matches ${quote(node.of)}: "not ${node.text}" excludes nothing`,
      )
      return { kind: 'constant', value: false, label: node.text }
    }
    return this.#fail(
      'S023',
      node.at,
      `no selection matches ${quote(node.of)}`,
      () =>
        didYouMean(
          node.of.replaceAll('*', ''),
          this.#detections.selections.keys(),
        ),
    )
  }

  #selection(name: string, at: number): Predicate {
    if (!this.#lowered.has(name)) {
      const selection = this.#detections.selections.get(name)
      const made =
        selection &&
        lowerSelection(selection, name, this.#placeholders, this.#problems)
      this.#lowered.set(name, made)
      this.#sizes.set(name, made ? size(made) : 0)
    }
    const predicate = this.#lowered.get(name)
    if (!predicate) this.#failed = true
    this.#charge(this.#sizes.get(name)!, at)
    return predicate ?? never
  }

  #charge(leaves: number, at: number): boolean {
    const before = this.#leaves
    this.#leaves += leaves
    if (this.#leaves <= maxLeaves) return true
    if (before <= maxLeaves) {
      this.#fail(
        'S026',
        at,
        `the rule says more than ${maxLeaves} things about an event`,
      )
    }
    return false
  }

  #fail(
    code: 'S022' | 'S023' | 'S026',
    at: number,
    message: string,
    hint?: string | (() => string),
  ): Predicate {
    this.#failed = true
    this.#problems.report(
      code,
      { path: this.#condition!.path, offset: at },
      message,
      hint,
    )
    return never
  }

  /** Where no condition can be read, that it uses no selection is no news. */
  #unused(isSaid: boolean) {
    for (const [name, selection] of this.#detections.selections) {
      if (!selection || this.#lowered.has(name)) continue
      if (isSaid) {
        this.#problems.report(
          'S064',
          { path: [...this.#detections.path, name], key: true },
          `selection ${quote(name)} is not used by the condition`,
        )
      }
      // What is wrong in it is said all the same.
      lowerSelection(selection, name, this.#placeholders, this.#problems)
    }
  }
}

function size(p: Predicate): number {
  if (p.kind === 'not') return size(p.of)
  if (p.kind !== 'and' && p.kind !== 'or') return 1
  return p.of.reduce((sum, child) => sum + size(child), 0)
}
