// A document that lies in the evidence, and what telemetry shows of its opening, are one story.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { scan } from '../../src/app/scan/scan.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { encryptedPackage } from './encrypted.ts'
import { docxOf, field, paragraph, plain } from './word.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-one-incident-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function child(second: number, parent: string, command: string): object {
  return {
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: 'ws1.example',
    EventRecordID: second,
    UtcTime: `2026-03-21 15:34:0${second}.000`,
    ProcessGuid: `{00000000-0000-0000-0000-00000000000${second}}`,
    ProcessId: 9000 + second,
    Image: 'C:\\Windows\\System32\\cmd.exe',
    CommandLine: command,
    ParentProcessGuid: `{00000000-0000-0000-0000-0000000000f${second}}`,
    ParentImage:
      'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    ParentCommandLine: parent,
  }
}

async function incidents(
  document: string | Buffer,
  events: readonly object[],
  name = 'costs.csv',
) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writeFileSync(join(folder, name), document)
  const log = events.map((e) => `${JSON.stringify(e)}\n`).join('')
  writeFileSync(join(folder, 'sysmon.jsonl'), log)
  const found: (Finding & { incident?: string })[] = []
  await scan(
    {
      paths: [folder],
      rules: { paths: [], builtin: true },
      selection: { rules: [], techniques: [], minLevel: 'high' },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
    },
    {
      finding: (f) => found.push(JSON.parse(f.text()) as Finding),
      diagnostic() {},
      problem() {},
      progress() {},
    },
    new AbortController().signal,
  )
  return found
}

const excel = '"C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE"'
const dde = "=cmd|'/c echo from a table'!A0\n"

describe('a document with DDE', () => {
  it('is one incident with the child that telemetry shows, by the name of the document', async () => {
    const found = await incidents(dde, [
      child(1, `${excel} "C:\\Users\\a\\costs.csv"`, 'cmd /c echo hidden'),
    ])
    expect(new Set(found.map((f) => f.incident)).size).toBe(1)
    expect(new Set(found.map((f) => f.host))).toEqual(
      new Set([null, 'ws1.example']),
    )
  })

  const letter = docxOf(paragraph(field('DDE cmd "/c echo from a letter"')))
  it.each([
    ['that is encrypted', encryptedPackage('VelvetSweatshop', letter)],
    [
      'that is embedded in another one',
      docxOf(paragraph(plain('x')), {
        'word/embeddings/oleObject1.docx': { content: letter },
      }),
    ],
  ])(
    '%s is one incident with the child, by the name of the file',
    async (_, bytes) => {
      const found = await incidents(
        bytes,
        [child(1, `${excel} "C:\\Users\\a\\terms.docx"`, 'cmd /c echo other')],
        'terms.docx',
      )
      const ofLetter = found.filter((f) => f.host === null)
      expect(ofLetter.length).toBeGreaterThan(0)
      expect(new Set(found.map((f) => f.incident)).size).toBe(1)
    },
  )

  it('is one incident with it by the command, where no document is named', async () => {
    const found = await incidents(dde, [
      child(1, `${excel} /dde`, '"C:\\Windows\\cmd.exe" /c echo from a table'),
    ])
    expect(new Set(found.map((f) => f.incident)).size).toBe(1)
  })

  it('is another incident than a child of another document', async () => {
    const found = await incidents(dde, [
      child(1, `${excel} "C:\\Users\\a\\other.csv"`, 'cmd /c whoami /priv'),
    ])
    expect(new Set(found.map((f) => f.incident)).size).toBe(2)
  })
})
