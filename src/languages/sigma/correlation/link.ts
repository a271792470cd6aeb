// Which rules does a correlation read? References by id or name become ids; what is missing, refused, circular or too
// deep refuses the correlation.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { CorrelationRule } from '../../../ir/rule.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { CorrelationDocument } from '../ast.ts'

import type { Listed } from './directory.ts'
import { Directory } from './directory.ts'
import type { Ids } from './lower.ts'
import { lowerCorrelation } from './lower.ts'

/** Correlations above one another. */
export const maxChain = 16

export type LinkedCorrelations = ReadonlyMap<
  CorrelationDocument,
  CorrelationRule
>

/** The correlations among the documents; those with a reference that leads nowhere are reported and left out. */
export function linkCorrelations(
  entries: readonly Listed[],
): LinkedCorrelations {
  const linked = new Map<CorrelationDocument, CorrelationRule>()
  if (!entries.some((e) => e.made?.kind === 'correlation')) return linked
  const linker = new CorrelationLinker(new Directory(entries))
  for (const { made, problems } of entries) {
    if (made?.kind !== 'correlation' || problems.failed) continue
    const rule = linker.link(made)
    if (rule) linked.set(made, rule)
  }
  return linked
}

/**
 * Ids of rules that give no findings of their own. A rule that correlations read gives some only if one of those asks for
 * it with `generate: true`; one that asks is stronger than any number that do not.
 */
export function silenced(linked: LinkedCorrelations): ReadonlySet<string> {
  const read = new Set<string>()
  const generated = new Set<string>()
  for (const [document, rule] of linked) {
    for (const id of rule.rules) {
      if (document.generate) generated.add(id)
      else read.add(id)
    }
  }
  for (const id of generated) read.delete(id)
  return read
}

type State = 'open' | 'failed' | CorrelationRule

/** Resolves correlations, each after those that it reads. */
class CorrelationLinker {
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
    const ids = this.#references(document)
    const aliases = this.#aliases(document, ids)
    if (problems.failed) return undefined
    const rule = lowerCorrelation(document, ids, aliases)
    return problems.failed ? undefined : rule
  }

  #references(document: CorrelationDocument): Ids {
    const { problems } = document
    const ids = new Map<string, string>()
    let depth = 1
    for (const [i, reference] of document.rules.entries()) {
      const path: Path = ['correlation', 'rules', i]
      const target = this.#directory.find(reference, problems, path)
      if (!target) continue
      ids.set(reference, target.meta.id)
      if (target.kind !== 'correlation') continue
      if (this.#states.get(target) === 'open') {
        problems.report(
          'S035',
          { path },
          `the correlation reads itself by way of ${quote(reference)}`,
        )
        continue
      }
      if (!this.link(target)) {
        problems.report(
          'S034',
          { path },
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
    return ids
  }

  #aliases(
    document: CorrelationDocument,
    ids: Ids,
  ): CorrelationRule['aliases'] {
    const resolved: Record<string, Readonly<Record<string, string>>> = {}
    for (const [alias, fields] of document.aliases) {
      const byId: Record<string, string> = {}
      for (const [reference, field] of fields) {
        const id = ids.get(reference) ?? this.#idAmong(reference, ids)
        if (id !== undefined) byId[id] = field
        else {
          document.problems.report(
            'S033',
            { path: ['correlation', 'aliases', alias, reference] },
            `alias ${quote(alias)} names ${quote(reference)}, which "rules" does not list`,
            () => didYouMean(reference, ids.keys()),
          )
        }
      }
      // An alias may be called __proto__.
      Object.defineProperty(resolved, alias, { value: byId, enumerable: true })
    }
    return resolved
  }

  // A rule listed by name may be meant by id elsewhere, and the other way round.
  #idAmong(reference: string, ids: Ids): string | undefined {
    const id = this.#directory.idOf(reference)
    return id !== undefined && [...ids.values()].includes(id) ? id : undefined
  }
}
