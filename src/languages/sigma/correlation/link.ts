// Which rules does a correlation read? References by id or name become ids; what is missing, refused, circular or too
// deep refuses the correlation.
import { didYouMean } from '../../../base/did-you-mean.ts'
import type {
  CorrelationCondition,
  CorrelationRule,
  RuleExpression,
  RuleMeta,
} from '../../../ir/rule.ts'

import type { CorrelationDocument } from '../ast.ts'
import { atLeast, combinations, matchNames } from '../condition/names.ts'
import type { ConditionNode } from '../condition/parse.ts'
import type { SigmaCode } from '../codes.ts'
import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

/** Correlations above one another. */
export const maxChain = 16
/** Ways to choose for `2 of them`. */
const maxWays = 1_000

/** What a reference may lead to. */
export type Target =
  | { readonly kind: 'rule' | 'filter'; readonly meta: RuleMeta }
  | CorrelationDocument

export interface Directory {
  /** By id, and by name where one rule has it. */
  readonly documents: ReadonlyMap<string, Target>
  /** Names that several rules have. */
  readonly ambiguous: ReadonlySet<string>
  /** Ids and names of what was refused. */
  readonly refused: ReadonlySet<string>
}

type State = 'open' | 'failed' | CorrelationRule

/** Resolves correlations, each after those that it reads. */
export class CorrelationLinker {
  readonly #directory: Directory
  readonly #states = new Map<CorrelationDocument, State>()
  readonly #depths = new Map<CorrelationDocument, number>()

  constructor(directory: Directory) {
    this.#directory = directory
  }

  /** undefined: reported. `emits` is settled later, when all correlations are known. */
  link(document: CorrelationDocument): CorrelationRule | undefined {
    const known = this.#states.get(document)
    if (known === undefined) {
      this.#states.set(document, 'open')
      const rule = this.#resolve(document)
      this.#states.set(document, rule ?? 'failed')
      return rule
    }
    return typeof known === 'object' ? known : undefined
  }

  #resolve(document: CorrelationDocument): CorrelationRule | undefined {
    const { problems } = document
    const ids = new Map<string, string>()
    let depth = 1
    for (const [i, reference] of document.rules.entries()) {
      const at: Path = ['correlation', 'rules', i]
      const target = this.#target(document, reference, at)
      if (!target) continue
      ids.set(reference, target.meta.id)
      if (target.kind !== 'correlation') continue
      if (this.#states.get(target) === 'open') {
        problems.report(
          'S035',
          { path: at },
          `the correlation reads itself by way of ${quote(reference)}`,
        )
        continue
      }
      if (!this.link(target)) {
        this.#report(
          document,
          'S034',
          at,
          `rule ${quote(reference)} was refused`,
        )
      }
      depth = Math.max(depth, 1 + (this.#depths.get(target) ?? 0))
    }
    if (depth > maxChain) {
      problems.report(
        'S036',
        { path: ['correlation', 'rules'] },
        `correlations stand ${depth} high; at most ${maxChain} are run`,
      )
    }
    this.#depths.set(document, depth)
    const aliases = this.#aliases(document, ids)
    if (problems.failed) return undefined
    const condition = this.#condition(document, ids)
    if (problems.failed) return undefined
    return {
      kind: 'correlation',
      meta: document.meta,
      correlation: document.correlation,
      rules: [...new Set(ids.values())],
      groupBy: document.groupBy,
      aliases,
      windowMs: document.windowMs,
      condition,
      emits: true,
    }
  }

  #target(
    document: CorrelationDocument,
    reference: string,
    at: Path,
  ): Target | undefined {
    const { documents, ambiguous, refused } = this.#directory
    const target = documents.get(reference)
    if (ambiguous.has(reference)) {
      this.#report(
        document,
        'S039',
        at,
        `several rules have the name ${quote(reference)}`,
        'refer to one by its id',
      )
      return undefined
    }
    if (target && target.kind !== 'filter' && !refused.has(target.meta.id)) {
      return target
    }
    if (refused.has(reference) || (target && target.kind !== 'filter')) {
      this.#report(
        document,
        'S034',
        at,
        `rule ${quote(reference)} was refused`,
        'mend that rule first',
      )
    } else if (target) {
      this.#report(
        document,
        'S033',
        at,
        `${quote(reference)} is a filter; a rule was expected`,
      )
    } else {
      this.#report(
        document,
        'S033',
        at,
        `there is no rule with the id or name ${quote(reference)}`,
        didYouMean(reference, documents.keys()) ||
          'the rules a correlation reads have to be loaded with it',
      )
    }
    return undefined
  }

  #report(
    document: CorrelationDocument,
    code: SigmaCode,
    path: Path,
    message: string,
    hint?: string,
  ) {
    document.problems.report(code, { path }, message, hint)
  }

  #aliases(
    document: CorrelationDocument,
    ids: ReadonlyMap<string, string>,
  ): CorrelationRule['aliases'] {
    const resolved: Record<string, Readonly<Record<string, string>>> = {}
    for (const [alias, fields] of document.aliases) {
      const byId: Record<string, string> = {}
      for (const [reference, field] of fields) {
        const id = ids.get(reference) ?? this.#idAmong(reference, ids)
        if (id !== undefined) byId[id] = field
        else {
          this.#report(
            document,
            'S033',
            ['correlation', 'aliases', alias, reference],
            `alias ${quote(alias)} names ${quote(reference)}, which "rules" does not list`,
            didYouMean(reference, ids.keys()),
          )
        }
      }
      Object.defineProperty(resolved, alias, {
        value: byId,
        enumerable: true,
      })
    }
    return resolved
  }

  // A rule listed by name may be meant by id elsewhere, and the other way round.
  #idAmong(
    reference: string,
    ids: ReadonlyMap<string, string>,
  ): string | undefined {
    const id = this.#directory.documents.get(reference)?.meta.id
    return id !== undefined && [...ids.values()].includes(id) ? id : undefined
  }

  #condition(
    document: CorrelationDocument,
    ids: ReadonlyMap<string, string>,
  ): CorrelationCondition {
    const { condition } = document
    switch (condition.kind) {
      case 'compare': {
        const { bounds, fields, percentile } = condition
        return {
          kind: 'compare',
          bounds,
          fields,
          ...(percentile === undefined ? {} : { percentile }),
        }
      }
      case 'every-rule': {
        const of = [...new Set(ids.values())].map(ruleIs)
        return {
          kind: 'expression',
          of: of.length === 1 ? of[0]! : { kind: 'and', of },
        }
      }
      case 'expression':
        return {
          kind: 'expression',
          of: this.#expression(document, condition.node, ids),
        }
    }
  }

  #expression(
    document: CorrelationDocument,
    node: ConditionNode,
    ids: ReadonlyMap<string, string>,
  ): RuleExpression {
    switch (node.kind) {
      case 'name':
        return ruleIs(ids.get(node.name) ?? node.name)
      case 'not':
        return { kind: 'not', of: this.#expression(document, node.of, ids) }
      case 'and':
      case 'or':
        return {
          kind: node.kind,
          of: node.of.map((n) => this.#expression(document, n, ids)),
        }
      case 'some': {
        const names = matchNames(node.of, ids.keys())
        const least = node.least === 'all' ? names.length : node.least
        const ways = combinations(names.length, least)
        if (!names.length || least > names.length || ways > maxWays) {
          document.problems.report(
            'S023',
            { path: ['correlation', 'condition'], offset: node.at },
            `${quote(node.text)} cannot be met: ${names.length} rules match ${quote(node.of)}`,
          )
          return ruleIs('')
        }
        return atLeast(
          least,
          names.map((n) => ruleIs(ids.get(n)!)),
        )
      }
    }
  }
}

function ruleIs(id: string): { kind: 'rule'; id: string } {
  return { kind: 'rule', id }
}
