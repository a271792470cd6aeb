// Documents of Office before 2007, and all else that lies in a compound file (OLE2): macros, embedded objects, messages of
// Outlook, packages under a password.
import { compoundMagic } from '../compound/header.ts'
import { earlyVersion } from '../excel-binary/early-workbook.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const officeBinary: WholeFormat = {
  name: 'office-binary',
  read: 'whole',
  maxBytes,
  detect(head) {
    if (head.subarray(0, 8).equals(compoundMagic)) return 3
    return isBareWorkbook(head) ? 3 : 0
  },
  async take(bytes, options) {
    const { readCompound, readBareWorkbook } = await import('./read.ts')
    if (isBareWorkbook(bytes)) await readBareWorkbook(bytes, options)
    else await readCompound(bytes, options)
  },
}

/** A workbook without a compound file around it: BOF of Excel 5 or later (MS-XLS 2.4.21), or of those before. */
function isBareWorkbook(head: Buffer): boolean {
  if (earlyVersion(head)) return true
  if (head.length < 8 || head.readUInt16LE(0) !== 0x0809) return false
  const version = head.readUInt16LE(4)
  return version === 0x0500 || version === 0x0600
}
