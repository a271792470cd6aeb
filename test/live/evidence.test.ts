// Evidence for the rules of Linux, done again on this machine: each rule judges what is recorded now as it judges what was recorded once. And
// what `rules coverage --write` makes keeps its promise: of events under those rules of audit, coverage says "saw" or "can see".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { loadRules } from '../../src/content/load.ts'
import { measures } from '../../src/content/visibility.ts'

import { checkPiece } from '../../src/app/scan/evidence.ts'
import { measuresFor } from '../../src/app/visibility/sight.ts'

import { evidence, kindOf, type Piece } from './evidence.ts'
import { Recorder } from './recorder.ts'
import { has } from './shell.ts'
import { cli } from '../tools/product.ts'
import { whyNot } from './why-not.ts'
import { WrittenRules } from './written-rules.ts'

const rules = join('content', 'rules', 'linux')
const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-evidence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = ({ rule, file }: Piece) =>
  join(folder, `${rule}-${file}`.replaceAll('/', '-'))

/** A night's recording falls into the window of a schedule. */
const isOfAnyTime = ({ rule }: Piece) =>
  !existsSync(join(rules, rule, 'with', 'schedule.yml'))

const lacking = ({ needs = [] }: Piece) => needs.filter((p) => !has(p))

describe.each(['audit', 'ebpf'] as const)('evidence by %s', (sensor) => {
  const why = whyNot(sensor) ?? whyNoPlace()
  const pieces = evidence.filter(
    (p) => p.sensor === sensor && !p.leavesItsPlace && !lacking(p).length,
  )
  beforeAll(async () => {
    if (why) return
    const recorder = new Recorder(sensor)
    try {
      await recorder.begin()
      for (const p of pieces)
        writeFileSync(pathOf(p), await recorder.record(p.command))
    } finally {
      await recorder.end()
    }
  })

  it.skipIf(why).each(pieces.filter(isOfAnyTime))(
    `of $rule is judged as $file${why ? ` (skipped: ${why})` : ''}`,
    async (p) => {
      const rule = join(rules, p.rule, 'rule.yml')
      const { ok, found } = await checkPiece(rule, pathOf(p), kindOf(p))
      expect(ok, found).toBe(true)
    },
  )

  it.skipIf(why ?? sensor !== 'audit')(
    `is by rules that the kernel takes, each of them${why ? ` (skipped: ${why})` : ''}`,
    async () => {
      const rules = new WrittenRules()
      await rules.end()
      expect(rules.taken).toBe(rules.written)
      expect(rules.written).toBeGreaterThan(20)
    },
  )

  it.skipIf(why ?? sensor !== 'audit')(
    `is under written rules what they promise to be seen${why ? ` (skipped: ${why})` : ''}`,
    async () => {
      const set = await loadRules({ paths: [], builtin: true, cache: false })
      const byId = new Map(set.rules.map((r) => [r.meta.id, r]))
      const audit = new Set(
        measures().flatMap((m) => (m.means === 'audit-rules' ? [m.id] : [])),
      )
      const promised = set.rules.filter(
        (r) => r.emits && measuresFor(r, byId).some((id) => audit.has(id)),
      )
      expect(promised.length).toBeGreaterThan(50)
      const { stdout } = spawnSync(
        process.execPath,
        [cli, 'rules', 'coverage', ...pieces.map(pathOf), '--format', 'ndjson'],
        { encoding: 'utf8', maxBuffer: 1 << 28 },
      )
      const told = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Told)
      const sights = new Map(
        told.flatMap((t) => (t.kind === 'rule' ? [[t.id, t]] : [])),
      )
      const blind = promised.flatMap(({ meta }) => {
        const { sight, why } = sights.get(meta.id)!
        // What is out of cycle or rare is told by a schedule and a baseline.
        const isBlind = sight === 'blind' && !/is unknown: /.test(why ?? '')
        return isBlind ? [`${meta.title}: ${why}`] : []
      })
      expect(blind).toEqual([])
    },
  )
})

interface Told {
  readonly kind: string
  readonly id: string
  readonly sight: string
  readonly why?: string
}

/** The recorder makes folders, a network and a name of its own. */
function whyNoPlace(): string | undefined {
  if (process.getuid?.() !== 0) return 'root alone can make a place of its own'
  if (existsSync('/tmp/t1559')) return 'its place is taken'
  for (const program of ['unshare', 'ip', 'setpriv', 'node'])
    if (!has(program)) return `there is no ${program}`
  const tried = spawnSync('unshare', ['--mount', '--uts', '--net', 'true'])
  return tried.status === 0 ? undefined : 'namespaces are refused'
}
