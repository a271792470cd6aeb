// Which document does a reference of a correlation mean? By id, or by a name that one document has.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { RuleMeta } from '../../../ir/rule.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { CorrelationDocument } from '../ast.ts'
import type { Problems } from '../problems.ts'

/** What a reference may lead to. */
export type Target =
  | { readonly kind: 'rule'; readonly meta: RuleMeta }
  | { readonly kind: 'filter'; readonly meta: RuleMeta }
  | CorrelationDocument

/** A document that may be referred to, or was refused. */
export interface Listed {
  readonly made: Target | undefined
  readonly problems: Problems
  readonly id: string | undefined
  readonly name: string | undefined
}

export class Directory {
  readonly #documents = new Map<string, Target>()
  readonly #ambiguous = new Set<string>()
  /** Ids and names. */
  readonly #refused = new Set<string>()

  constructor(entries: readonly Listed[]) {
    for (const { made, problems, id, name } of entries) {
      if (problems.failed || !made) {
        if (id !== undefined && !this.#documents.has(id)) this.#refused.add(id)
        if (name !== undefined) this.#refused.add(name)
        continue
      }
      this.#documents.set(made.meta.id, made)
      if (name === undefined) continue
      if (this.#documents.has(name)) this.#ambiguous.add(name)
      else this.#documents.set(name, made)
    }
  }

  idOf(reference: string): string | undefined {
    return this.#documents.get(reference)?.meta.id
  }

  /** undefined: reported. */
  find(
    reference: string,
    problems: Problems,
    path: Path,
  ): Exclude<Target, { kind: 'filter' }> | undefined {
    const target = this.#documents.get(reference)
    const isRefused = this.#refused.has(target?.meta.id ?? reference)
    const name = quote(reference)
    if (this.#ambiguous.has(reference)) {
      problems.report(
        'S039',
        { path },
        `several rules have the name ${name}`,
        'refer to one by its id',
      )
    } else if (isRefused) {
      problems.report(
        'S034',
        { path },
        `rule ${name} was refused`,
        'mend that rule first',
      )
    } else if (target?.kind === 'filter') {
      problems.report(
        'S033',
        { path },
        `${name} is a filter; a rule was expected`,
      )
    } else if (target) {
      return target
    } else this.#reportUnknown(reference, problems, path)
    return undefined
  }

  #reportUnknown(reference: string, problems: Problems, path: Path) {
    problems.report(
      'S033',
      { path },
      `there is no rule with the id or name ${quote(reference)}`,
      () =>
        didYouMean(reference, this.#documents.keys()) ||
        'the rules a correlation reads have to be loaded with it',
    )
  }
}
