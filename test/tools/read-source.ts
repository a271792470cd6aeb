// Reads a source given as bytes and keeps what its members hold: for tests of what opens sources.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Format, RecordSink } from '../../src/readers/reader.ts'
import {
  openReader,
  recogniseFormat,
  recognisePackage,
  recogniseTelemetry,
} from '../../src/readers/index.ts'
import { readSource, type SourceProblem } from '../../src/readers/source.ts'

export interface ReadTexts {
  /** What each member holds, by its label without the name of the file. */
  readonly texts: { [member: string]: string }
  readonly problems: SourceProblem[]
}

/** The bytes of every member, whatever its format. */
export async function readTexts(bytes: Buffer): Promise<ReadTexts> {
  const texts: { [member: string]: string } = {}
  const problems: SourceProblem[] = []
  await withFile(bytes, (path) =>
    readSource(
      { path, display: 'in' },
      {
        open({ file }) {
          texts[file] = ''
          return {
            push: (block) => {
              texts[file] += block.toString('utf8')
            },
            end: () => {},
          }
        },
        problem: (p) => problems.push(p),
      },
    ),
  )
  return { texts, problems }
}

/** Gives what is inside to the given formats, as the product does with its own. */
export async function readWith(
  formats: readonly Format[],
  bytes: Buffer,
  sink: RecordSink,
): Promise<SourceProblem[]> {
  const problems: SourceProblem[] = []
  const options = {
    sink,
    notInspected: (message: string) =>
      problems.push({ file: 'in', kind: 'not-inspected', message }),
  }
  await withFile(bytes, (path) =>
    readSource(
      { path, display: 'in' },
      {
        open(member, head, inside) {
          const { file, name, isSpare } = member
          if (isSpare && !recogniseTelemetry(head, name)) return undefined
          const format = recogniseFormat(head, name, formats)
          const of = { ...options, file, inside, ...(isSpare && { isSpare }) }
          return format && openReader(format, of)
        },
        openPackage(member, members, inside) {
          const names = new Set(members.map((m) => m.name))
          const format = recognisePackage(names, formats)
          return (
            format &&
            ((opened) =>
              format.take(opened, { ...options, file: member.file, inside }))
          )
        },
        problem: (p) => problems.push(p),
      },
    ),
  )
  return problems
}

async function withFile(
  bytes: Buffer,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-read-'))
  const path = join(folder, 'in')
  writeFileSync(path, bytes)
  try {
    await use(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
