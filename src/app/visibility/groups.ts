// Rules by what they are about: techniques, data components of ATT&CK.
import type { Sight } from '../../findings/sinks/sink.ts'

import { components } from '../../content/attack.ts'

import type { AnyRule } from '../rules/parts.ts'
import { type RuleSight, sights } from './sight.ts'

export interface SightGroup {
  readonly id: string
  readonly name?: string
  readonly sight: Sight
  readonly rules: readonly RuleSight[]
  /** By host: the best that any of its rules can. */
  readonly hosts: ReadonlyMap<string, Sight>
}

export function byTechnique(all: readonly RuleSight[]): readonly SightGroup[] {
  return grouped(all, ({ rule }) => rule.meta.techniques.map((id) => ({ id })))
}

export function byComponent(all: readonly RuleSight[]): readonly SightGroup[] {
  return grouped(all, ({ rule }) => componentsOf(rule))
}

interface Key {
  readonly id: string
  readonly name?: string
}

/** ATT&CK 18 calls components by ids of their own, 17 by names; under the id where the extract has it. */
function componentsOf({ meta }: AnyRule): readonly Key[] {
  const { attack_v17: old, attack_v18: now } = meta.custom ?? {}
  const name = textIn(old)?.replace(/ \(DS\d+\)$/, '')
  const given = textIn(now)
  const known = components().find(
    (c) => c.id === given || (given === undefined && c.name === name),
  )
  const id = known?.id ?? given ?? name
  const called = known?.name ?? name
  return id === undefined ? [] : [{ id, ...(called && { name: called }) }]
}

function textIn(of: unknown): string | undefined {
  const value =
    of !== null && typeof of === 'object' && 'data_component' in of
      ? of.data_component
      : undefined
  return typeof value === 'string' ? value : undefined
}

function grouped(
  all: readonly RuleSight[],
  keysOf: (one: RuleSight) => readonly Key[],
): readonly SightGroup[] {
  const groups = new Map<string, { names: string[]; rules: RuleSight[] }>()
  for (const one of all) {
    for (const { id, name } of keysOf(one)) {
      const known = groups.get(id) ?? { names: [], rules: [] }
      known.rules.push(one)
      if (name) known.names.push(name)
      groups.set(id, known)
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { names, rules }]) => {
      const name = commonest(names)
      return {
        id,
        ...(name !== undefined && { name }),
        sight: best(rules.map((r) => r.sight)),
        rules,
        hosts: onHosts(rules),
      }
    })
}

function commonest(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const n of names) counts.set(n, (counts.get(n) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

function best(of: readonly Sight[]): Sight {
  return sights.find((s) => of.includes(s)) ?? 'blind'
}

function onHosts(rules: readonly RuleSight[]): ReadonlyMap<string, Sight> {
  const hosts = new Map<string, Sight[]>()
  for (const r of rules) {
    for (const [host, sight] of r.hosts)
      hosts.set(host, [...(hosts.get(host) ?? []), sight])
  }
  return new Map([...hosts].map(([host, of]) => [host, best(of)]))
}

/** Titles of a group's rules that are so. */
export function titlesOf(
  { rules }: SightGroup,
  sight: Sight,
): readonly string[] {
  return rules.filter((r) => r.sight === sight).map((r) => r.rule.meta.title)
}
