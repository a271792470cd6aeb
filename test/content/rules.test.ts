import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { type FieldRow, namesIn } from '../../src/event/schema/field.ts'
import { schema } from '../../src/event/schema/index.ts'

import { canHoldWithout } from '../../src/ir/demand.ts'
import type { Predicate } from '../../src/ir/predicate.ts'
import type { CorrelationRule } from '../../src/ir/rule.ts'

import { baseFields } from '../../src/executors/correlation/group-by.ts'

import { loadRules } from '../../src/content/load.ts'

import { checkEvidence } from '../../src/app/scan/evidence.ts'

import { evidence as recordable } from '../live/evidence.ts'

const root = join('content', 'rules')
const linux = join(root, 'linux')
/** How a page says that none of its evidence was recorded. */
const made = /^Evidence is made in the recorded form, because [^.]+\.$/m

interface Rule {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly references: readonly string[]
  readonly tags?: readonly string[]
  readonly techniques?: readonly string[]
  readonly falsepositives: readonly string[]
  readonly level: string
  readonly mitigations: readonly string[]
  readonly attack_v17?: { readonly data_component?: string }
}

/** A correlation is followed by the rules that it reads, a search's front matter by the search. */
const rules = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((f) => /^rule\.(?:yml|spl)$/.test(basename(f)))
  .sort()
  .map((f) => {
    const folder = dirname(join(root, f))
    const text = readFileSync(join(root, f), 'utf8')
    const documents = f.endsWith('.spl')
      ? [text.split(/^---$/m)[1]!].flatMap((head) => parseAllDocuments(head))
      : parseAllDocuments(text)
    const parts = documents.map((d) => (d as { toJS(): unknown }).toJS())
    return { folder, name: basename(folder), rule: parts[0] as Rule, parts }
  })

const mitigations = new Set([
  'M1013',
  'M1026',
  'M1030',
  'M1040',
  'M1042',
  'M1048',
  'M1054',
])

function evidence(folder: string, kind: string): readonly string[] {
  const path = join(folder, kind)
  return existsSync(path) ? readdirSync(path).sort() : []
}

const textOf = (folder: string) =>
  readFileSync(join(folder, 'rule.yml'), 'utf8')

const page = (folder: string) => readFileSync(join(folder, 'README.md'), 'utf8')

describe('content/rules', () => {
  it('have ids, titles and folder names of their own', () => {
    for (const key of ['id', 'title'] as const) {
      expect(new Set(rules.map((r) => r.rule[key])).size).toBe(rules.length)
    }
    expect(new Set(rules.map((r) => r.name)).size).toBe(rules.length)
  })

  it.each(rules)('$name says what it is about', ({ rule }) => {
    expect(rule.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)
    expect(rule.description.length).toBeGreaterThan(80)
    expect(rule.falsepositives.length).toBeGreaterThan(0)
    const techniques = rule.techniques ?? rule.tags ?? []
    expect(
      techniques.some((t) => /^(?:attack\.)?t\d{4}(\.\d{3})?$/i.test(t)),
    ).toBe(true)
    expect(rule.mitigations.length).toBeGreaterThan(0)
    expect(rule.mitigations.filter((m) => !mitigations.has(m))).toEqual([])
    expect(rule.attack_v17?.data_component).toBeDefined()
  })

  it.each(rules)('$name names a source of its facts beyond ATT&CK', (r) => {
    const own = r.rule.references.filter((u) => !u.includes('attack.mitre.org'))
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(r.rule.references).size).toBe(r.rule.references.length)
  })

  it.each(rules)('$name has two firing and two silent pieces', ({ folder }) => {
    expect(evidence(folder, 'fires').length).toBeGreaterThan(1)
    expect(evidence(folder, 'silent').length).toBeGreaterThan(1)
  })

  it.each(rules)('$name shows each gap that its page states', (r) => {
    const text = page(r.folder)
    expect(text).toContain(`# ${r.rule.title}\n`)
    const gaps = bullets(text, 'Known gaps, each with its event:')
    const unseen = bullets(text, 'Not in any event:')
    expect(gaps.length + unseen.length).toBeGreaterThan(0)
    const named = gaps.map((gap) =>
      [...gap.matchAll(/`gaps\/([^`]+)`/g)].map(([, file]) => file!),
    )
    expect(named.filter((files) => files.length === 0)).toEqual([])
    expect(named.flat().sort()).toEqual(evidence(r.folder, 'gaps'))
  })

  it.each(rules)('$name asks for canonical names where there are', (r) => {
    if (existsSync(join(r.folder, 'rule.spl'))) return
    expect(namesOf(r.parts).filter(isRawOnly)).toEqual([])
  })

  // Edges and actions of scripts are made of what was done.
  it.each(
    rules.filter(
      (r) =>
        r.folder.includes(join('rules', 'linux')) &&
        !/category: (?:ipc_edge|script_action)/.test(textOf(r.folder)),
    ),
  )(
    '$name says what success means, since a call that failed is no deed',
    (r) => {
      expect(textOf(r.folder)).toMatch(/SyscallSuccess|succeed/)
    },
  )

  it.each(rules.filter((r) => r.folder.startsWith(linux)))(
    '$name has evidence of the behaviour itself, or says why it is made',
    (r) => {
      const isRecorded = evidence(r.folder, 'fires').some((f) =>
        f.startsWith('recorded'),
      )
      expect(isRecorded || made.test(page(r.folder))).toBe(true)
    },
  )

  const isDdeOrXpc = ({ folder, rule }: (typeof rules)[number]) =>
    folder.startsWith(join(root, 'macos')) ||
    [...(rule.tags ?? []), ...(rule.techniques ?? [])].some((t) =>
      /t1559\.00[23]$/i.test(t),
    )
  it.each(rules.filter(isDdeOrXpc))(
    '$name says that its evidence is made from documented formats',
    (r) =>
      expect(page(r.folder)).toMatch(
        /^Evidence is made from the documented formats? [^.]+, because [^.]+\.$/m,
      ),
  )

  it('hold what was recorded by the script, and nothing of where that was', () => {
    const recorded = readdirSync(linux, { recursive: true, encoding: 'utf8' })
      .filter((f) => basename(f).startsWith('recorded'))
      .map((f) => f.split(sep).join('/'))
    const pieces = recordable.map((p) => `${p.rule}/${p.file}`)
    expect(recorded.sort()).toEqual(pieces.sort())
    for (const file of recorded) {
      const text = readFileSync(join(linux, file), 'utf8')
      for (const line of text.trimEnd().split('\n'))
        expect(line).toMatch(
          file.endsWith('.log')
            ? /^node=app1\.example type=/
            : /^\{"sensor":"ebpf","host":"app1\.example",/,
        )
      expect(text).not.toContain(process.cwd())
      expect(text).not.toMatch(/\/(?:root|home|work)\/(?!fix\.sh|ana\b)/)
    }
  })

  it('point only at rules that exist, where their pages name others', () => {
    const names = new Set(rules.map((r) => r.name))
    const missing = rules.flatMap((r) =>
      [...page(r.folder).matchAll(/`([a-z0-9]+(?:-[a-z0-9]+){2,})`/g)]
        .map(([, name]) => name!)
        .filter((name) => !names.has(name))
        .map((name) => `${r.name}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  // A match without it would take no part, and each scan would say so of telemetry that is in order.
  it('hold on no event without a field that a correlation groups it by', async () => {
    const { rules: loaded } = await loadRules({ paths: [root], builtin: false })
    const needed = baseFields(
      loaded.filter((r): r is CorrelationRule => r.kind === 'correlation'),
    )
    const without = loaded.flatMap((r) =>
      r.kind !== 'detection'
        ? []
        : (needed.get(r.meta.id) ?? [])
            // Of nearly every record the host is known.
            .filter((field) => field !== 'Computer')
            .filter((field) => canHoldWithout(r.condition, new Set([field])))
            .map((field) => `${r.meta.title}: ${field}`),
    )
    expect(needed.size).toBeGreaterThan(20)
    expect(without).toEqual([])
  })

  it('ask for the absence of a field only where a source that never has it is not meant by it', async () => {
    const { rules: loaded } = await loadRules({ paths: [root], builtin: false })
    const asked = loaded.flatMap((r) =>
      r.kind === 'detection'
        ? [...absencesAsked(r.condition)].map((f) => `${r.meta.title}: ${f}`)
        : [],
    )
    const known = Object.entries(absentByMeaning).flatMap(([field, titles]) =>
      titles.map((title) => `${title}: ${field}`),
    )
    expect(asked.sort()).toEqual(known.sort())
  })

  it('fire on their evidence, and stay silent on look-alikes and gaps', async () => {
    const wrong: string[] = []
    await checkEvidence(root, (r) => {
      if (!r.ok) wrong.push(`${r.file}: ${r.found}`)
    })
    expect(wrong).toEqual([])
  })
})

/** Fields that an event must lack for the condition to hold, on some way through it. */
function absencesAsked(condition: Predicate, holds = true): Set<string> {
  if (condition.kind === 'not') return absencesAsked(condition.of, !holds)
  if (condition.kind === 'and' || condition.kind === 'or') {
    return new Set(condition.of.flatMap((p) => [...absencesAsked(p, holds)]))
  }
  const isAsked = holds ? 'null' : 'exists'
  return new Set(condition.kind === isAsked ? [condition.field] : [])
}

/** Every other rule asks what a source says. */
const absentByMeaning: Readonly<Record<string, readonly string[]>> = {
  // Security's 4688 has no such field, and then the parent's name has to do.
  ParentCommandLine: [
    'Management console starts an interpreter',
    'COM surrogate starts an interpreter',
  ],
  // Beside a source's own word that the program is no part of macOS.
  TeamId: [
    "Socket of the login's SSH agent reached by an unsigned program",
    'Task port of another application taken by a program without a team',
    "Unsigned client connects to a system service's UNIX socket",
    "Unsigned or injectable client connects to a third party's privileged service",
    'Unsigned program connects to an XPC service inside a system framework',
  ],
  // It says of nobody that he is a person.
  UserId: ['Download from a named host piped into a shell'],
  // What root does without a login known is noted with a low level; with one it is another rule's.
  LoginUserId: [
    'Download from a named host piped into a shell',
    'Container runtime socket reached by a program that is none of its clients',
  ],
}

function bullets(text: string, heading: string): readonly string[] {
  const start = text.indexOf(`\n${heading}\n\n`)
  if (start < 0) return []
  const list = text.slice(start + heading.length + 3).split('\n\n')[0]!
  return list.split('\n').filter((line) => line.startsWith('- '))
}

/** Names of providers that the schema shows under a name of its own. */
const raw = new Set(
  Object.values(schema as Record<string, FieldRow>)
    .flatMap((row) => namesIn(row.raw))
    .filter((name) => !(name in schema)),
)

/** A share's file is no pipe, and no canonical name holds its path within the share. */
const withoutCanonical = new Set(['RelativeTargetName'])

const isRawOnly = (name: string) => raw.has(name) && !withoutCanonical.has(name)

function namesOf(parts: readonly unknown[]): readonly string[] {
  const names: string[] = []
  for (const part of parts as Record<string, unknown>[]) {
    for (const selection of Object.values(part.detection ?? {})) {
      collectKeys(selection, names)
    }
    for (const name of (part.fields ?? []) as string[]) names.push(name)
    const { correlation } = part as {
      correlation?: {
        'group-by'?: string[]
        aliases?: Record<string, Record<string, string>>
        condition?: { field?: string }
      }
    }
    if (!correlation) continue
    names.push(...(correlation['group-by'] ?? []))
    for (const alias of Object.values(correlation.aliases ?? {})) {
      names.push(...Object.values(alias))
    }
    if (correlation.condition?.field) names.push(correlation.condition.field)
  }
  return names
}

function collectKeys(node: unknown, names: string[]): void {
  if (Array.isArray(node)) for (const item of node) collectKeys(item, names)
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      names.push(key.split('|')[0]!)
      collectKeys(value, names)
    }
  }
}
