// What is there to read, and in what pieces? Files below the given paths; a large one is cut where its format allows it.
import { recogniseFormat } from '../../readers/index.ts'
import { readHead, splitFile } from '../../readers/split-file.ts'
import { walk } from '../../readers/walk.ts'

import { clocksOfFile } from './clock-probe.ts'
import type { Piece } from './report.ts'

/** A piece is about so many bytes: small enough to share out, large enough that a thread's start does not show. */
const pieceBytes = 8 * 1024 * 1024

/** `unusable` hears of paths that cannot be read or hold nothing, `listed` how many files there are so far. */
export async function planPieces(
  paths: readonly string[],
  unusable: (message: string) => void,
  listed: (files: number) => void = () => {},
): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    const before = pieces.length
    let problems = 0
    const report = (p: { file: string; message: string }) => {
      problems++
      unusable(`${p.file}: ${p.message}`)
    }
    for await (const file of walk(path, report)) {
      // A path given twice, or inside a folder also given, is read once.
      if (seen.has(file.path)) continue
      seen.add(file.path)
      listed(seen.size)
      pieces.push(...(await piecesOf(file, report)))
    }
    if (pieces.length === before && !problems && !seen.has(path)) {
      unusable(`${path}: no files in this folder`)
    }
  }
  return pieces
}

async function piecesOf(
  file: { path: string; display: string; size: number | undefined },
  report: (p: { file: string; message: string }) => void,
): Promise<Piece[]> {
  const { path, display } = file
  const whole: Piece = { path, display, bytes: file.size ?? 0 }
  if (file.size === undefined || file.size <= 2 * pieceBytes) {
    return [whole]
  }
  try {
    const head = await readHead(path)
    const format = recogniseFormat(head, path)
    if (format?.read !== 'stream' || !format.split) return [whole]
    const parts = await splitFile(path, format, pieceBytes)
    const clocks = await clocksOfFile(path, file.size)
    return parts.map((p) => ({
      path,
      display,
      ...p,
      format: format.name,
      ...(clocks && { clocks }),
      bytes: p.end - p.start,
    }))
  } catch (error) {
    report({ file: display, message: (error as Error).message })
    return []
  }
}
