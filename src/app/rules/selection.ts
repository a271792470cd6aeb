// Which of the loaded rules does a run use: by name, level, status, tag, technique? A wish that no rule answers is refused:
// a slip of typing must not make a run look at less than was meant.
import { didYouMean } from '../../base/did-you-mean.ts'

import {
  type DetectionRule,
  type Level,
  levels,
  type Rule,
  type RuleMeta,
} from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import type { RuleSet } from '../../content/rule-set.ts'

/** Of each kind any one; of the kinds all. */
export interface RuleSelection {
  readonly minLevel?: Level
  readonly levels?: readonly Level[]
  readonly statuses?: readonly string[]
  /** `attack.t1559` takes `attack.t1559.001` with it. */
  readonly tags?: readonly string[]
  /** Ids, beginnings of ids, names, folders or parts of titles (case ignored). */
  readonly rules: readonly string[]
  /** As `rules`; these are left out. */
  readonly excluded?: readonly string[]
  /** `T1559` takes its sub-techniques with it. */
  readonly techniques: readonly string[]
}

/** What was wished for is not there. The message is for the person who wished. */
export class WrongSelection extends Error {}

/** All that was wished for is there, but no rule has all of it. */
export class NothingSelected extends Error {}

export interface Selected {
  readonly chosen: readonly Rule[]
  /** These, and the rules that chosen correlations read (those emit nothing of their own). */
  readonly rules: readonly Rule[]
  readonly searches: readonly SearchRule[]
}

export function select(set: RuleSet, wish: RuleSelection): Selected {
  const all = [...set.rules, ...set.searches]
  const metas = all.map((r) => r.meta)
  checkWish(wish, metas, set)
  const wanted = wish.rules.map((name) => named(metas, name))
  const excluded = (wish.excluded ?? []).map((name) => named(metas, name))
  const isChosen = ({ meta }: { readonly meta: RuleMeta }) =>
    (!wanted.length || wanted.some((found) => found.has(meta))) &&
    !excluded.some((found) => found.has(meta)) &&
    answers(meta, wish)
  const chosen = new Set<Rule>(set.rules.filter(isChosen))
  const searches = set.searches.filter(isChosen)
  if (all.length && !chosen.size && !searches.length && !set.refused.length) {
    throw new NothingSelected(
      `no rule is left: none of ${all.length} answers all that was asked for`,
    )
  }
  return {
    chosen: [...chosen],
    rules: withBases(set.rules, chosen),
    searches,
  }
}

function withBases(
  rules: readonly Rule[],
  chosen: ReadonlySet<Rule>,
): readonly Rule[] {
  const byId = new Map(rules.map((r) => [r.meta.id, r]))
  const needed = new Set<Rule>()
  const need = (rule: Rule) => {
    if (needed.has(rule)) return
    needed.add(rule)
    if (rule.kind !== 'correlation') return
    for (const id of rule.rules) {
      const base = byId.get(id)
      if (base) need(base)
    }
  }
  for (const rule of chosen) need(rule)
  return rules
    .filter((r) => needed.has(r))
    .map((r) => (chosen.has(r) ? r : { ...r, emits: false }))
}

function answers(meta: RuleMeta, wish: RuleSelection): boolean {
  const { minLevel, levels: exact, statuses, tags, techniques } = wish
  return (
    (!minLevel || levels.indexOf(meta.level) >= levels.indexOf(minLevel)) &&
    (!exact?.length || exact.includes(meta.level)) &&
    (!statuses?.length || statuses.includes(meta.status ?? '')) &&
    (!tags?.length || tags.some((t) => isWithin(t, tagsOf(meta)))) &&
    (!techniques.length || techniques.some((t) => isWithin(t, meta.techniques)))
  )
}

function isWithin(wanted: string, names: readonly string[]): boolean {
  const w = wanted.toLowerCase()
  return names.some((name) => `${name.toLowerCase()}.`.startsWith(`${w}.`))
}

/** A search names techniques of its own, which a Sigma rule has among its tags. */
function tagsOf({ tags, techniques }: RuleMeta): readonly string[] {
  return [...tags, ...techniques.map((t) => `attack.${t.toLowerCase()}`)]
}

/** Characters of an id that mean the rule; fewer may be a word of a title. */
const leastOfId = 4

/** What pages and paths call a rule: its folder, where the file is "rule", else the file without its ending. */
function placeName(file: string): string {
  const [name = '', folder = ''] = file.split(/[\\/]/).reverse()
  const stem = name.replace(/\.[^.]*$/, '')
  return stem === 'rule' ? folder : stem
}

/** The rules that are called so: by id or name, else by their place, the beginning of an id, a part of the title, in this order. */
export function named(
  metas: readonly RuleMeta[],
  wanted: string,
): ReadonlySet<RuleMeta> {
  const w = wanted.toLowerCase()
  const ways: readonly ((meta: RuleMeta) => boolean | undefined)[] = [
    (m) => m.id.toLowerCase() === w || m.name?.toLowerCase() === w,
    (m) => m.file !== undefined && placeName(m.file).toLowerCase() === w,
    (m) => w.length >= leastOfId && m.id.toLowerCase().startsWith(w),
    (m) => m.title.toLowerCase().includes(w),
  ]
  for (const way of ways) {
    const found = metas.filter(way)
    if (found.length) return new Set(found)
  }
  return new Set()
}

function checkWish(
  wish: RuleSelection,
  metas: readonly RuleMeta[],
  { refused }: RuleSet,
): void {
  const wasRefused = (name: string) =>
    refused.some(
      ({ id = '', title = '' }) =>
        id === name || title.toLowerCase().includes(name.toLowerCase()),
    )
  for (const name of [...wish.rules, ...(wish.excluded ?? [])]) {
    if (named(metas, name).size || wasRefused(name)) continue
    refuseUnnamed(metas, name)
  }
  const techniques = new Set(metas.flatMap((m) => m.techniques))
  for (const t of wish.techniques) {
    if (isWithin(t, [...techniques])) continue
    refuse(`no rule is of technique "${t}"`, t, techniques)
  }
  const tags = new Set(metas.flatMap(tagsOf))
  for (const t of wish.tags ?? []) {
    if (!isWithin(t, [...tags])) refuse(`no rule has the tag "${t}"`, t, tags)
  }
  const statuses = new Set(metas.flatMap((m) => m.status ?? []))
  for (const s of wish.statuses ?? []) {
    if (!statuses.has(s)) refuse(`no rule has the status "${s}"`, s, statuses)
  }
}

/** With the nearest that there are. */
export function refuseUnnamed(metas: readonly RuleMeta[], name: string): never {
  refuse(`no rule is called "${name}"`, name, metas.flatMap(namesOf))
}

function namesOf({ id, name, title, file }: RuleMeta): readonly string[] {
  const others = [name, file && placeName(file)]
  return [id, ...others.filter((n) => n !== undefined), title]
}

function refuse(
  message: string,
  wanted: string,
  known: Iterable<string>,
): never {
  const hint = didYouMean(wanted, known)
  throw new WrongSelection(hint ? `${message}; ${hint}` : message)
}

export function detections(rules: readonly Rule[]): DetectionRule[] {
  return rules.filter((r) => r.kind === 'detection')
}
