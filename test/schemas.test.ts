// Formats of others against the schemas that they publish, on findings of this project's own examples and on ugly ones.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pythonWith } from './tools/python.ts'

import type { Finding } from '../src/findings/finding.ts'
import { type SinkName, sinks } from '../src/findings/sinks/index.ts'
import { WrittenText } from '../src/findings/written.ts'

const folder = mkdtempSync(join(tmpdir(), 'schemas-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const python = pythonWith('jsonschema', 'stix2validator', 'ocsf_json_schema')
if (!python)
  console.log(
    'skipped: no validators on this machine (npx tsx scripts/test-python.ts installs them)',
  )

let findings: readonly Finding[]
beforeAll(() => {
  // The contract of findings, as the command line writes it.
  const done = spawnSync(
    process.execPath,
    ['dist/cli/main.js', 'scan', 'examples/', '--format', 'ndjson', '--quiet'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const own = done.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding)
  findings = [...own, ...ugly(own[0]!)]
}, 120_000)

function ugly(f: Finding): Finding[] {
  const [e] = f.evidence
  const odd = {
    SourceIp: '-',
    DestinationIp: ['10.0.0.1', 'not an address'],
    SourcePort: '0x1f',
    DestinationPort: '49152',
    ProcessId: '0x3c0',
    Result: 'denied',
    Image: 'C:\\a\u0000\u202e"<b>.exe',
    'odd.name{}': 'x',
    User: { a: 1 },
    CommandLine: 'A'.repeat(100_000),
  } as never
  return [
    { ...f, id: 'f000000000000001', time: null, host: null, evidence: [] },
    { ...f, id: 'f000000000000002', techniques: [] },
    {
      ...f,
      id: 'f000000000000003',
      rule: { id: 'no uuid', title: '', level: 'informational' },
      evidence: [{ ...e!, file: 'a b/c#d?.zip!e\\f.json', fields: odd }],
    },
  ]
}

function write(name: SinkName): string {
  let text = ''
  const sink = sinks[name].open({
    write: (part) => {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width: Number.POSITIVE_INFINITY,
    examples: 3,
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end()
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

function faults(name: 'stix' | 'ocsf' | 'sarif', ...more: string[]): unknown {
  const script = join('test', 'tools', 'validate.py')
  const args = [script, name, write(name), ...more]
  return JSON.parse(execFileSync(python!, args, { encoding: 'utf8' }))
}

describe('published schemas', () => {
  it.skipIf(!python)(
    'hold for STIX 2.1',
    () => {
      expect(faults('stix')).toEqual([])
    },
    240_000,
  )

  it.skipIf(!python)(
    'hold for OCSF',
    () => {
      expect(faults('ocsf')).toEqual([])
    },
    240_000,
  )

  it.skipIf(!python)(
    'hold for SARIF 2.1.0',
    () => {
      const require = createRequire(import.meta.url)
      const found = dirname(require.resolve('@microsoft/jest-sarif'))
      const schema = join(found, 'schemas', 'sarif-2.1.0-rtm.5.json')
      expect(faults('sarif', schema)).toEqual([])
    },
    240_000,
  )

  it('hold for layers of Navigator: what its format 4.5 names, and no more', () => {
    const layer = JSON.parse(readFileSync(write('navigator'), 'utf8'))
    // ATT&CK Navigator, "ATT&CK Navigator Layer File Format Definition", version 4.5.
    const members =
      'name versions domain description customDataURL filters sorting layout hideDisabled techniques gradient legendItems showTacticRowBackground tacticRowBackground selectTechniquesAcrossTactics selectSubtechniquesWithParent selectVisibleTechniques metadata links'
    const ofTechnique =
      'techniqueID tactic comment enabled score color metadata links showSubtechniques'
    const known = (names: string) => new Set(names.split(' '))
    for (const name of Object.keys(layer))
      expect(known(members).has(name), name).toBe(true)
    expect(layer.versions.layer).toBe('4.5')
    expect(layer.techniques.length).toBeGreaterThan(3)
    for (const t of layer.techniques) {
      for (const name of Object.keys(t))
        expect(known(ofTechnique).has(name), name).toBe(true)
      expect(t.techniqueID).toMatch(/^T\d{4}(?:\.\d{3})?$/)
      expect(t.color).toMatch(/^#[\da-f]{6}$/)
      expect(Number.isFinite(t.score)).toBe(true)
    }
    for (const { label, color } of layer.legendItems) {
      expect(label).toBeTruthy()
      expect(color).toMatch(/^#[\da-f]{6}$/)
    }
  })

  it('hold for ECS: names and types of its field reference 8.17', () => {
    const seen = new Set<string>()
    const wrong: string[] = []
    const walk = (value: unknown, path: string) => {
      if (path === 'ipcwatch') return
      if (
        value !== null &&
        typeof value === 'object' &&
        !Array.isArray(value)
      ) {
        for (const [key, inner] of Object.entries(value))
          walk(inner, path ? `${path}.${key}` : key)
        return
      }
      seen.add(path)
      const type = ecsFields[path]
      if (!type || ![value].flat().every(types[type]))
        wrong.push(`${path}: ${value}`)
    }
    const lines = readFileSync(write('ecs'), 'utf8').trimEnd().split('\n')
    for (const line of lines) walk(JSON.parse(line), '')
    expect(wrong).toEqual([])
    expect(seen.size).toBeGreaterThan(25)
  })
})

type EcsType = 'keyword' | 'long' | 'float' | 'date' | 'ip'

const types: Readonly<Record<EcsType, (value: unknown) => boolean>> = {
  keyword: (v) => typeof v !== 'object',
  long: (v) => Number.isSafeInteger(v),
  float: (v) => typeof v === 'number',
  date: (v) => typeof v === 'string' && !Number.isNaN(Date.parse(v)),
  ip: (v) => typeof v === 'string' && /^[\da-f.:]+(?:%\w+)?$/i.test(v),
}

/** Of those that findings can use. Elastic, "ECS Field Reference" 8.17; text, wildcard, version and flattened are keywords here. */
const ecsFields: Readonly<Record<string, EcsType>> = Object.fromEntries(
  Object.entries({
    date: '@timestamp event.end',
    ip: 'source.ip destination.ip',
    long: 'source.port destination.port process.pid process.parent.pid process.exit_code',
    float: 'event.risk_score',
    keyword:
      'message ecs.version event.kind event.category event.type event.module event.dataset event.id event.reason event.outcome rule.id rule.name rule.description rule.ruleset threat.framework threat.technique.id threat.technique.subtechnique.id host.name related.hosts log.file.path log.level destination.domain source.domain dll.path dns.question.name file.mode file.path file.type process.code_signature.signing_id process.code_signature.subject_name process.code_signature.team_id process.command_line process.entity_id process.env_vars process.executable process.hash.md5 process.hash.sha1 process.hash.sha256 process.parent.command_line process.parent.entity_id process.parent.executable process.parent.user.name process.pe.imphash process.pe.original_file_name process.working_directory registry.data.strings registry.path service.name user.effective.id user.effective.name user.id user.name',
  }).flatMap(([type, names]) =>
    names.split(' ').map((name) => [name, type as EcsType]),
  ),
)
