// What is said of a file that the packager wrapped.
import { nameContent } from '../../detect/index.ts'
import { scriptLikeness } from '../../script/recognise.ts'
import type { DocumentItem } from '../item.ts'

import type { PackagedFile } from './embedded.ts'

export function textOf(
  program: string,
  target: string | undefined,
  packaged: PackagedFile | undefined,
): string {
  const file = packaged && fileNameOf(packaged)
  return [program, file, target].filter(Boolean).join(' ') || 'object'
}

export function packagedParts(packaged: PackagedFile): Partial<DocumentItem> {
  const { fileName, temporaryPath, label, isLinked, data } = packaged
  const runs = runningKind(data)
  return {
    ...(runs && { around: runs }),
    fileName: fileNameOf(packaged),
    source: [label, fileName, temporaryPath].filter(Boolean).join(' | '),
    ...(isLinked && { target: fileName, targetMode: 'external' }),
  }
}

/** Of the beginning, which tells what it is, in bytes. */
const headBytes = 64 * 1024

/** What a file is that runs, whatever it is called; undefined: it is none. */
export function runningKind(data: Buffer): string | undefined {
  if (data.length === 0) return undefined
  const kind = nameContent(data)
  if (/executable/.test(kind)) return kind
  const isScript = scriptLikeness(data.subarray(0, headBytes), '') > 0
  return isScript ? 'script' : undefined
}

/** The label is what a user sees, the path what is run: the path's name has the ending that counts. */
export function fileNameOf({ fileName, label }: PackagedFile): string {
  return fileName.split(/[\\/]/).at(-1) || label || 'package'
}
