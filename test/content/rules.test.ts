import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { checkEvidence } from '../../src/app/scan/evidence.ts'

const root = join('content', 'rules')
const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((f) => basename(f) === 'rule.yml')
  .map((f) => dirname(join(root, f)))
  .filter((f) => !f.includes('published'))
  .sort()

interface Rule {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly references: readonly string[]
  readonly tags: readonly string[]
  readonly falsepositives: readonly string[]
  readonly level: string
  readonly mitigations: readonly string[]
  readonly attack_v17?: { readonly data_component?: string }
}

/** The first document; a correlation is followed by the rules that it reads. */
const rules = folders.map((folder) => {
  const text = readFileSync(join(folder, 'rule.yml'), 'utf8')
  const [first] = parseAllDocuments(text)
  const rule = (first as { toJS(): unknown }).toJS() as Rule
  return { folder, name: basename(folder), rule }
})

const mitigations = new Set([
  'M1013',
  'M1026',
  'M1040',
  'M1042',
  'M1048',
  'M1054',
])

describe('content/rules', () => {
  it('have ids, titles and folder names of their own', () => {
    for (const key of ['id', 'title'] as const) {
      expect(new Set(rules.map((r) => r.rule[key])).size).toBe(rules.length)
    }
    expect(new Set(rules.map((r) => r.name)).size).toBe(rules.length)
  })

  it.each(rules)('$name says what it is about and what it misses', (r) => {
    const { rule, folder } = r
    expect(rule.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)
    expect(rule.description.length).toBeGreaterThan(80)
    expect(rule.references.length).toBeGreaterThan(0)
    expect(rule.falsepositives.length).toBeGreaterThan(0)
    expect(rule.tags.some((t) => /^attack\.t\d{4}(\.\d{3})?$/.test(t))).toBe(
      true,
    )
    expect(rule.mitigations.length).toBeGreaterThan(0)
    expect(rule.mitigations.filter((m) => !mitigations.has(m))).toEqual([])
    expect(rule.attack_v17?.data_component).toBeDefined()
    const page = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(page).toContain(`# ${rule.title}`)
    expect(page).toMatch(/^(?:Known gaps.*|Not in any event):\n\n- /m)
  })

  it('point only at rules that exist, where their pages name others', () => {
    const names = new Set(rules.map((r) => r.name))
    const missing = rules.flatMap((r) =>
      [
        ...readFileSync(join(r.folder, 'README.md'), 'utf8').matchAll(
          /`([a-z0-9]+(?:-[a-z0-9]+){2,})`/g,
        ),
      ]
        .map(([, name]) => name!)
        .filter((name) => !names.has(name))
        .map((name) => `${r.name}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('fire on their evidence and stay silent on the look-alikes', async () => {
    const wrong: string[] = []
    for (const platform of ['windows', 'linux', 'macos']) {
      await checkEvidence(join(root, platform), (r) => {
        if (!r.ok) wrong.push(`${r.file}: ${r.found}`)
      })
    }
    expect(wrong).toEqual([])
  })
})
