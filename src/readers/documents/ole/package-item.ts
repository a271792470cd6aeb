// What is said of a file that the packager wrapped.
import { nameContent } from '../../detect/index.ts'
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
  const kind = data.length > 0 ? nameContent(data) : ''
  return {
    ...(/executable/.test(kind) && { around: kind }),
    fileName: fileNameOf(packaged),
    source: [label, fileName, temporaryPath].filter(Boolean).join(' | '),
    ...(isLinked && { target: fileName, targetMode: 'external' }),
  }
}

/** The label is what a user sees, the path what is run: the path's name has the ending that counts. */
export function fileNameOf({ fileName, label }: PackagedFile): string {
  return fileName.split(/[\\/]/).at(-1) || label || 'package'
}
