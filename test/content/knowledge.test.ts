import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { comClasses } from '../../src/enrich/edges/com-classes.ts'
import { documentClasses } from '../../src/readers/documents/ole/classes.ts'
import { rowTables } from '../../src/normalise/windows/index.ts'
import { byClassId } from '../../src/scripts/known/com.ts'

const folder = join('content', 'knowledge')
const files = readdirSync(folder).filter((f) => f.endsWith('.yml'))

interface Entry {
  readonly id?: string
  readonly name?: string
  readonly appId?: string
  readonly progId?: string
  readonly pattern?: string
  readonly role?: string
  readonly from?: readonly string[]
}

interface Knowledge {
  readonly sources: Readonly<Record<string, string>>
  readonly [list: string]: unknown
}

function knowledge(name: string): Knowledge {
  return parse(readFileSync(join(folder, name), 'utf8')) as Knowledge
}

function entries(name: string): readonly Entry[] {
  return Object.values(knowledge(name))
    .filter(Array.isArray)
    .flat() as readonly Entry[]
}

/** The text of a rule's detection, without its comments. */
function ruleText(path: string): string {
  const text = readFileSync(join('content', 'rules', path, 'rule.yml'), 'utf8')
  return text.slice(text.indexOf('\ndetection:')).replace(/^\s*#.*$/gm, '')
}

/** Rules name each other: those that they restate, those that correlations read. */
function ruleIds(): string[] {
  const root = join('content', 'rules')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('rule.yml'))
    .flatMap(
      (f) => readFileSync(join(root, f), 'utf8').match(/^id: .+$/gm) ?? [],
    )
    .map((line) => line.slice('id: '.length).trim().toUpperCase())
}

describe('content/knowledge', () => {
  it.each(files)('%s names the sources of its facts', (file) => {
    const { sources } = knowledge(file)
    expect(Object.keys(sources).length).toBeGreaterThan(0)
    for (const entry of entries(file)) {
      for (const source of entry.from ?? []) {
        expect(Object.keys(sources), JSON.stringify(entry)).toContain(source)
      }
    }
  })

  it('has each class and interface once, spelled as a GUID', () => {
    for (const file of ['clsids.yml', 'rpc-interfaces.yml']) {
      const ids = entries(file).map((e) => e.id!)
      for (const id of ids) {
        expect(id).toMatch(
          /^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$/,
        )
      }
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('and the rule on elevated surrogates list the same classes', () => {
    const known = entries('clsids.yml')
      .filter((e) => e.role === 'elevated')
      .map((e) => e.id!.slice(1, -1))
    const text = ruleText('windows/com/elevated-surrogate-spawns-child')
    const used = text.match(/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g)
    expect([...(used ?? [])].sort()).toEqual(known.sort())
  })

  it('has every class that edges name, under the same name', () => {
    const known = new Map(
      entries('clsids.yml').flatMap((e) => [
        [e.id, e.name],
        [e.appId, e.name],
      ]),
    )
    const wrong = comClasses.filter((c) => known.get(c.id) !== c.name)
    expect(wrong).toEqual([])
  })

  it('has every class that is told of scripts, under the same name', () => {
    const known = new Map(
      entries('clsids.yml').map((e) => [
        e.id!.slice(1, -1).toLowerCase(),
        (e.progId ?? e.name!).toLowerCase().replace(/(?:\.\d+)+$/, ''),
      ]),
    )
    expect(
      Object.entries(byClassId).filter(([id, n]) => known.get(id) !== n),
    ).toEqual([])
  })

  it('has the classes of documents as their readers name them', () => {
    const known = entries('document-classes.yml').map((e) => [
      e.id!.slice(1, -1),
      e.name,
    ])
    expect(Object.entries(documentClasses).sort()).toEqual(known.sort())
  })

  it('and the rule on objects of documents list the same classes that run', () => {
    const known = entries('document-classes.yml')
      .filter((e) => e.role === 'runs')
      .map((e) => e.id!.slice(1, -1))
    const text = ruleText('document/object/object-that-runs-what-it-links')
    const used = text.match(/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g)
    expect([...(used ?? [])].sort()).toEqual(known.sort())
  })

  it('and the rule on unknown servers of DDE list the same servers', () => {
    const known = entries('dde-servers.yml').map((e) => e.name!.toLowerCase())
    const text = ruleText('document/dde/dde-link-to-unknown-server')
    const used = /known:[^(]*\(\?:([^)]*)\)/.exec(text)![1]!.split('|')
    expect(used.sort()).toEqual(known.sort())
  })

  it('names the programs that DDE starts once: both rules on its servers list the same', () => {
    const programs = [
      'document/dde/dde-link-to-unknown-server',
      'document/dde/program-started-by-dde-link',
    ].map((path) => /\(\?:(cmd\|command\|[^)]*)\)/.exec(ruleText(path))![1])
    expect(programs[0]).toBe(programs[1])
  })

  it('has every class that a rule on COM asks for', () => {
    const classes = entries('clsids.yml').map((e) => e.id!.slice(1, -1))
    const known = new Set([...classes, ...ruleIds()])
    const root = join('content', 'rules', 'windows')
    const unknown = ['com', 'dcom'].flatMap((mechanism) =>
      readdirSync(join(root, mechanism)).flatMap((name) =>
        [
          ...ruleText(join('windows', mechanism, name)).matchAll(
            /^(?!id:).*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gim,
          ),
        ]
          .map(([, id]) => id!.toUpperCase())
          .filter((id) => !known.has(id))
          .map((id) => `${name}: ${id}`),
      ),
    )
    expect(unknown).toEqual([])
  })

  it.each([
    ['windows/named-pipe/implant-default-name', ['implant']],
    ['windows/named-pipe/implant-default-name-over-smb', ['implant']],
    ['windows/named-pipe/credential-tool-name', ['credential', 'privilege']],
  ])('and %s list the same pipe names', (rule, roles) => {
    const known = entries('pipes.yml')
      .filter((e) => e.name && roles.includes(e.role ?? ''))
      .map((e) => e.name!.toLowerCase())
    const used = [...ruleText(rule).matchAll(/^ {6}- '(\\[^'^]*)'$/gm)].map(
      ([, name]) => name!.toLowerCase(),
    )
    expect(used.sort()).toEqual(known.sort())
  })

  it('has pipe patterns that match whole names and are regular expressions', () => {
    for (const { pattern } of entries('pipes.yml')) {
      if (pattern)
        expect(() => new RegExp(`^(?:${pattern})$`, 'i')).not.toThrow()
    }
  })

  it('names process rights as the normaliser does', () => {
    const decode = rowTables.sysmon[10]!.find((r) => r.name === 'AccessRights')!
    const { process } = knowledge('access-rights.yml')
    for (const right of process as { bit: number; name: string }[]) {
      expect(decode.make!(right.bit)).toEqual([right.name])
    }
  })
})
