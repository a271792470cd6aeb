// The files of a disc image, each as a source of its own. Mail carries such images, because what is opened from them bears no mark of the web.
// Systems know a disc by one file system or the other, and where it has both they may hold different files: both are read.
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { DiscFiles } from './disc-files.ts'
import { openIso } from './disc-iso.ts'
import { openUdf } from './disc-udf.ts'
import type { HeldArchive } from './held-flow.ts'
import { messageOf, type SourceMember } from './member.ts'

/** Behind 16 sectors of the system. ECMA-167, 2/8.3. */
const descriptorsAt = 16 * 2048
/** Each descriptor has as much, whatever a sector is. */
const descriptorBytes = 2048
/** Descriptors looked at. */
const maxDescriptors = 32

/** `head`: the first 32,774 bytes or more. */
export function isDisc(head: Buffer): boolean {
  const at = descriptorsAt + 1
  return /^(?:CD001|BEA01|NSR0[23])$/.test(head.toString('latin1', at, at + 5))
}

/** Bytes that `isDisc` looks at. */
export const discHeadBytes = descriptorsAt + 6

/** Reads what is on a disc and says what cannot be read. Never rejects. */
export async function readDisc(
  bytes: RandomAccess,
  context: Context,
  member: SourceMember,
): Promise<void> {
  const tell = (error: unknown) =>
    context.visitor.problem({
      file: member.file,
      kind: error instanceof LimitReached ? 'limit' : 'damaged',
      message: `disc image: ${messageOf(error)}`,
    })
  const files = new DiscFiles(bytes, context, member)
  const systems = await systemsOf(bytes)
  // Windows and Linux take the younger where both are there.
  if (systems.has('NSR0')) {
    try {
      await files.read(await openUdf(bytes))
    } catch (error) {
      tell(error)
    }
  }
  if (!systems.has('CD00')) return
  try {
    await files.read(await openIso(bytes, descriptorsAt))
  } catch (error) {
    tell(error)
  }
}

export const discArchive: HeldArchive = {
  what: 'a disc image',
  begins: isDisc,
  read: readDisc,
}

/** The beginnings of the names that its first descriptors bear. */
async function systemsOf(bytes: RandomAccess): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (let i = 0; i < maxDescriptors; i++) {
    const at = descriptorsAt + i * descriptorBytes
    const name = (await bytes.read(at + 1, 5)).toString('latin1')
    if (!/^(?:CD001|BEA01|NSR0[23]|BOOT2|CDW02|TEA01)$/.test(name)) break
    names.add(name.slice(0, 4))
  }
  return names
}
