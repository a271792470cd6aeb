// Does each check say what it should of its own evidence? It must have a dump by which it passes, one by which it fails and one that leaves it unknown.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { makeFolder } from '../../content/make-folder.ts'

import { Facts } from '../../posture/facts/facts.ts'
import type { Check, CheckEvidence } from '../../posture/checks/check.ts'
import { judge } from '../../posture/checks/judge.ts'
import { readDump } from '../../posture/sources/index.ts'

import { wantedKeys } from './checks.ts'
import { readRoot } from './root.ts'

export interface CheckResult {
  readonly check: Check
  readonly ok: boolean
  readonly found: string
}

const needed = ['pass', 'fail', 'unknown'] as const

export function* checkOwnEvidence(check: Check): Generator<CheckResult> {
  for (const status of needed) {
    if (!check.evidence.some((e) => e.is === status)) {
      yield {
        check,
        ok: false,
        found: `no evidence by which it is "${status}"`,
      }
    }
  }
  for (const evidence of check.evidence) {
    const facts = new Facts(wantedKeys([check]))
    const notes = evidence.root
      ? readTree(evidence, facts)
      : readTexts(evidence, facts)
    const { status, places } = judge(check, facts)
    const found = `expected "${evidence.is}", found "${status}": ${[places[0]?.actual ?? '', ...notes].join('; ')}`
    yield { check, ok: status === evidence.is && !notes.length, found }
  }
}

function readTexts({ files }: CheckEvidence, facts: Facts): readonly string[] {
  const notes: string[] = []
  for (const [name, text] of Object.entries(files)) {
    const known = readDump({ name, bytes: bytesOf(text) }, facts, (n) =>
      notes.push(n),
    )
    if (!known) notes.push(`${name} is not understood`)
  }
  return notes
}

function bytesOf(text: string): Uint8Array {
  return text.startsWith('hex:')
    ? Buffer.from(text.slice(4).replace(/\s+/g, ''), 'hex')
    : new TextEncoder().encode(text)
}

/** Files below a root that is made for them. */
function readTree({ files }: CheckEvidence, facts: Facts): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'ipcwatch-'))
  const notes: string[] = []
  const note = (message: string) => notes.push(message)
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(root, name)
      makeFolder(dirname(path))
      writeFileSync(path, bytesOf(text))
    }
    readRoot({ root, facts, note, problem: note })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  return notes
}
