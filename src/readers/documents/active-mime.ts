// What Office writes as `editdata.mso`: a compound file with macros, deflated behind a header. [MS-OFFCRYPTO] says nothing of
// it; layout as in LibreOffice's and oletools' readers: magic `ActiveMime`, the data begin with a zlib header at 0x32.
import { inflateSync } from 'node:zlib'

/** That come out, in bytes. */
const maxBytes = 64 * 1024 * 1024
const magic = 'ActiveMime'
/** Where the data may begin: the field before them varies with the version. */
const starts = [0x32, 0x22a]

/** undefined: it is none. */
export function activeMime(bytes: Buffer): Buffer | 'too large' | undefined {
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined
  for (const start of starts) {
    try {
      return inflateSync(bytes.subarray(start), { maxOutputLength: maxBytes })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        return 'too large'
      }
    }
  }
  return undefined
}
