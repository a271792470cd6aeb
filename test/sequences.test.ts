// Rules on what happens one after the other: their evidence in any order, cut into files and read by several threads, is the same
// finding. Records of one audit event stay together, as auditd writes them.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { tmpdir } from 'node:os'

import { afterAll, describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'
import { scheduleIn } from '../src/app/schedule/schedule-file.ts'
import { scan } from '../src/app/scan/scan.ts'

const root = join('content', 'rules')
const folder = mkdtempSync(join(tmpdir(), 'sequences-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Rules that read several events: correlations, edges, and what lineage says. */
const sequences = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((f) => basename(f) === 'rule.yml')
  .map((f) => join(root, f))
  .filter((f) => {
    const text = readFileSync(f, 'utf8')
    return /^correlation:|category: ipc_edge|SessionLogonType|OutOfCycle: /m.test(
      text,
    )
  })
  .map((f) => dirname(f))
  .sort()

const pieces = sequences.flatMap((of) =>
  (['fires', 'silent'] as const).flatMap((kind) =>
    readdirSync(join(of, kind))
      .filter((f) => /\.(?:log|jsonl)$/.test(f))
      .map((name) => ({
        of,
        kind,
        name,
        label: `${basename(of)}/${kind}/${name}`,
      })),
  ),
)

/** Lines, or of an audit log the lines of each event. */
function recordsOf(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  if (!path.endsWith('.log')) return lines
  const events = new Map<string, string[]>()
  for (const line of lines) {
    const id = /msg=audit\(([\d.:]+)\)/.exec(line)?.[1] ?? ''
    events.set(id, [...(events.get(id) ?? []), line])
  }
  return [...events.values()].map((own) => own.join('\n'))
}

async function found(
  rule: string,
  paths: readonly string[],
): Promise<string[]> {
  const findings: string[] = []
  await scan(
    {
      paths,
      rules: { paths: [join(rule, 'rule.yml')], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
      ...scheduleOf(rule),
    },
    {
      finding: (written) => {
        const {
          time,
          rule: of,
          evidence,
          explanation,
        } = JSON.parse(written.text()) as Finding
        // Where a record lies is another place each time.
        const told = evidence.map((e) => [e.time, e.fields])
        findings.push(
          JSON.stringify([time, of.id, sorted(told), explanation.held]),
        )
      },
      diagnostic: (d) => expect.unreachable(d.message),
      problem: () => {},
      progress: () => {},
    },
    new AbortController().signal,
  )
  return findings.sort()
}

function sorted(told: readonly unknown[]): string[] {
  return told.map((t) => JSON.stringify(t)).sort()
}

function scheduleOf(rule: string) {
  const path = join(rule, 'with', 'schedule.yml')
  if (!existsSync(path)) return {}
  const { schedule } = scheduleIn(readFileSync(path, 'utf8'), path)
  return { schedule }
}

describe('a sequence', () => {
  it('is looked for by rules', () => {
    expect(sequences.length).toBeGreaterThan(20)
  })

  it.each(pieces)(
    '$label is the same shuffled and split',
    async ({ of, kind, name }) => {
      const records = recordsOf(join(of, kind, name))
      const write = (part: string, own: readonly string[]) => {
        const path = join(folder, `${part}${name}`)
        writeFileSync(path, `${own.join('\n')}\n`)
        return path
      }
      const whole = await found(of, [write('a-', records)])
      expect(whole.length > 0).toBe(kind === 'fires')
      const backwards = write('b-', records.toReversed())
      expect(await found(of, [backwards])).toEqual(whole)
      const even = records.filter((_, i) => i % 2 === 0)
      const odd = records.filter((_, i) => i % 2)
      const parts = [write('c-', odd), write('d-', even)]
      expect(
        await found(
          of,
          parts.filter((_, i) => [odd, even][i]!.length),
        ),
      ).toEqual(whole)
    },
  )
})
