// Sections of OneNote (.one; MS-ONESTORE): the files that are embedded in them.
import type { WholeFormat } from '../../reader.ts'
import { guidBytes } from '../binary/guid.ts'
import { ItemWriter } from '../item.ts'
import { runningKind } from '../ole/package-item.ts'

import { embeddedFiles, embeddedNames } from './embedded-files.ts'
import { checkStore } from './store.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

/** 2.3.1: a section, and a table of contents. */
const magics = {
  one: guidBytes('7B5C52E4-D88C-4DA7-AEB1-5378D02996D3'),
  onetoc2: guidBytes('43FF2FA1-EFD9-4C76-9EE2-10EA5722765F'),
}

export const onenote: WholeFormat = {
  name: 'onenote',
  read: 'whole',
  maxBytes,
  detect: (head) => (formatOf(head) ? 3 : 0),
  async take(bytes, options) {
    const writer = new ItemWriter(formatOf(bytes) ?? 'one', options)
    const cut = (what: string) => writer.bound(what, '')
    checkStore(bytes, {
      damaged: (message, at) => writer.damaged(message, '', at),
      notInspected: (what) => options.notInspected?.(what),
    })
    const files = embeddedFiles(bytes, cut)
    if (files.length === 0) return
    const names = embeddedNames(bytes, files, cut)
    // Names stand in the order of the files; where there are more or fewer of them, which is whose is not known.
    const isSure = names.length === files.length
    for (const [i, { at, data }] of files.entries()) {
      const name = names[Math.min(i, names.length - 1)] ?? ''
      const fileName = (isSure && name) || `file at ${at}`
      const runs = runningKind(data)
      writer.add({
        kind: 'attachment',
        offset: at,
        text: fileName,
        ...(runs && { around: runs }),
        ...(isSure && name && { fileName: name }),
      })
      await writer.inside(name || fileName, data)
    }
    if (isSure) return
    for (const fileName of names)
      writer.add({ kind: 'attachment', text: fileName, fileName })
  },
}

function formatOf(head: Buffer): 'one' | 'onetoc2' | undefined {
  const magic = head.subarray(0, 16)
  if (magic.equals(magics.one)) return 'one'
  return magic.equals(magics.onetoc2) ? 'onetoc2' : undefined
}
