// What is there to read, and in what pieces? Files below the given paths; a large one is cut where its format allows it.
import { isReadAsIs } from '../../readers/containers/member-flow.ts'
import { recogniseFormat } from '../../readers/index.ts'
import { readHead, splitFile } from '../../readers/split-file.ts'
import { shownPath } from '../../readers/disk-name.ts'
import { Visited, walk } from '../../readers/walk.ts'

import { clocksOfFile } from './clock-probe.ts'
import { expandPaths } from './expand.ts'
import { dateOrderOfFile } from './date-probe.ts'
import type { Piece } from './report.ts'

/** A piece is about so many bytes: small enough to share out, large enough that a thread's start does not show. */
const pieceBytes = 8 * 1024 * 1024

export interface PlanListener {
  /** A path that cannot be read, or holds nothing. */
  unusable(message: string): void
  /** So many files so far. */
  listed?(files: number): void
  /** A file that is read under another name. */
  same?(name: string, as: string): void
  /** A file that a link leads to, out of the folder that was given. */
  outside?(name: string, at: string): void
}

export async function planPieces(
  paths: readonly string[],
  plan: PlanListener,
  signal?: AbortSignal,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  const visited = new Visited()
  let files = 0
  for (const path of await expandPaths(paths, plan.unusable)) {
    const before = files + visited.again
    let problems = 0
    const report = (p: { file: string; message: string }) => {
      problems++
      plan.unusable(`${p.file}: ${p.message}`)
    }
    for await (const file of walk(path, report, visited)) {
      files++
      // A path given twice, or inside a folder also given, and a link to what is read anyhow: read once.
      if (file.same !== undefined) {
        if (file.same !== file.path)
          plan.same?.(file.display, shownPath(file.same))
        continue
      }
      if (file.outside !== undefined) plan.outside?.(file.display, file.outside)
      plan.listed?.(files)
      for (const piece of await piecesOf(file, report, signal))
        pieces.push(piece)
    }
    if (files + visited.again === before && !problems) {
      plan.unusable(`${path}: no files in this folder`)
    }
  }
  return pieces
}

async function piecesOf(
  file: { path: string; display: string; size: number | undefined },
  report: (p: { file: string; message: string }) => void,
  signal: AbortSignal | undefined,
): Promise<Piece[]> {
  const { path, display } = file
  if (file.size === undefined) return [{ path, display, bytes: 0, waits: true }]
  const whole: Piece = { path, display, bytes: file.size }
  if (file.size <= 2 * pieceBytes) return [whole]
  try {
    const head = await readHead(path)
    if (!isReadAsIs(head)) return [whole]
    const format = recogniseFormat(head, path)
    if (format?.read !== 'stream' || !format.split) return [whole]
    const parts = await splitFile(path, format, pieceBytes, signal)
    const clocks = await clocksOfFile(path, file.size)
    const dateOrder = await dateOrderOfFile(path, file.size)
    return parts.map((p) => ({
      path,
      display,
      ...p,
      format: format.name,
      ...(clocks && { clocks }),
      ...(dateOrder && { dateOrder }),
      bytes: p.end - p.start,
    }))
  } catch (error) {
    report({ file: display, message: (error as Error).message })
    return []
  }
}
