// Records evidence for the rules of Linux, each piece from the behaviour itself: `npx tsx scripts/record-evidence.ts [--leaving] [NAME…]`, of
// pieces whose path has one of the names, or of all. As root, on a machine where nobody else uses auditing. With `--leaving` also those that
// write a file of the system for a moment. Each that a rule does not judge as it should is named, and not written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { checkPiece } from '../src/app/scan/evidence.ts'

import { evidence, kindOf, type Piece } from '../test/live/evidence.ts'
import { Recorder } from '../test/live/recorder.ts'
import { has } from '../test/live/shell.ts'

const rules = join('content', 'rules', 'linux')
const names = process.argv.slice(2).filter((a) => !a.startsWith('--'))
const withLeaving = process.argv.includes('--leaving')

const isWanted = ({ rule, file, leavesItsPlace }: Piece) =>
  (withLeaving || !leavesItsPlace) &&
  (names.length === 0 || names.some((n) => `${rule}/${file}`.includes(n)))

const scratch = mkdtempSync(join(tmpdir(), 'ipcwatch-evidence-'))
let failed = 0
for (const sensor of ['audit', 'ebpf'] as const) {
  const wanted = evidence.filter((p) => p.sensor === sensor && isWanted(p))
  if (wanted.length) await record(sensor, wanted)
}
rmSync(scratch, { recursive: true })
process.exitCode = failed ? 1 : 0

async function record(sensor: Piece['sensor'], pieces: readonly Piece[]) {
  const recorder = new Recorder(sensor)
  try {
    await recorder.begin()
    for (const piece of pieces) {
      const where = `${piece.rule}/${piece.file}`
      const missing = (piece.needs ?? []).filter((program) => !has(program))
      if (missing.length) {
        console.log(`${where}: not recorded: no ${missing.join(', ')}`)
        continue
      }
      const text = await recorder.record(piece.command)
      const path = join(scratch, piece.file.replace('/', '-'))
      writeFileSync(path, text)
      const rule = join(rules, piece.rule, 'rule.yml')
      const { ok, found } = await checkPiece(rule, path, kindOf(piece))
      if (ok) writeFileSync(join(rules, where), text)
      else failed++
      console.log(`${where}: ${ok ? 'recorded' : `judged otherwise: ${found}`}`)
    }
  } finally {
    await recorder.end()
  }
}
