// A zip is found by its end, so that anything may stand before it: a program that unpacks itself, a picture, or bytes that shall keep
// whoever looks at the beginning from seeing a document. PKWARE, "APPNOTE.TXT", 4.1.9 and 4.3.1.
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { Held } from './held.ts'
import type { Flow, SourceMember } from './member.ts'
import { isTar } from './tar.ts'
import { readZip } from './zip.ts'
import {
  directoryEntries,
  findDirectory,
  localMagic,
  type ZipEntry,
} from './zip-directory.ts'

/** Entries of a directory that are asked which of them is first. */
const maxAsked = 1_000

/** Where its first member begins; undefined: there is none, or nothing stands before it. `head`: how the whole begins. */
export async function zipBehind(
  bytes: RandomAccess,
  head: Buffer,
): Promise<number | undefined> {
  const directory = await findDirectory(bytes)
  if (!directory || (directory.behind > 0 && keepsOthers(head)))
    return undefined
  let first: ZipEntry | undefined
  let asked = 0
  for await (const entry of directoryEntries(bytes, directory)) {
    if ('lie' in entry) continue
    if (!first || entry.offset < first.offset) first = entry
    if (++asked >= maxAsked) break
  }
  if (!first || first.offset <= 0) return undefined
  const magic = await bytes.read(first.offset, localMagic.length)
  return magic.equals(localMagic) ? first.offset : undefined
}

/** Formats in which zips stand as they are, with something behind them: compound files, PDF, OneNote, tar. */
function keepsOthers(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4)
  return (
    /^(?:\xd0\xcf\x11\xe0|%PDF|\xe4\x52\x5c\x7b)/.test(magic) || isTar(head)
  )
}

/** What stands before it, as a member of its own. */
export function memberBefore(member: SourceMember): SourceMember {
  return { ...member, file: `${member.file}!before its zip` }
}

/** Is it worth waiting for the end of a member that begins so? */
export function mayHaveZipBehind(head: Buffer): boolean {
  return head.indexOf(localMagic, 1) > 0 && !keepsOthers(head)
}

/** Holds a member until its end tells whether a zip is in it. `plain` reads one that has none. */
export class ZipBehindFlow implements Flow {
  readonly #context: Context
  readonly #member: SourceMember
  readonly #plain: () => Flow
  readonly #held: Held
  /** It is too large to be held, and read as it comes. */
  #passed: Flow | undefined

  constructor(context: Context, member: SourceMember, plain: () => Flow) {
    this.#context = context
    this.#member = member
    this.#plain = plain
    this.#held = new Held(context.budget)
  }

  get done(): boolean {
    return this.#passed?.done ?? false
  }

  async write(block: Buffer): Promise<void> {
    if (this.#passed) {
      await this.#passed.write(block)
      return
    }
    try {
      this.#held.add(block)
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#context.visitor.problem({
        file: this.#member.file,
        kind: 'limit',
        message: `too large to look for a zip at its end: ${error.message}`,
      })
      this.#passed = await this.#pour(this.#plain(), this.#held.size)
      await this.#passed.write(block)
      this.#held.release()
    }
  }

  async end(): Promise<void> {
    if (this.#passed) {
      await this.#passed.end()
      return
    }
    const held = this.#held
    const at = await zipBehind(held, await held.read(0, headBytes))
    if (at === undefined) {
      await (await this.#pour(this.#plain(), held.size)).end()
    } else {
      const before = this.#context.deeper().inside(memberBefore(this.#member))
      await (await this.#pour(before, at)).end()
      await readZip(held, this.#context.deeper(), this.#member)
    }
    held.release()
  }

  /** Of what is held, so much. */
  async #pour(flow: Flow, bytes: number): Promise<Flow> {
    for (let at = 0; at < bytes && !flow.done; at += pouredBytes) {
      const length = Math.min(pouredBytes, bytes - at)
      await flow.write(await this.#held.read(at, length))
    }
    return flow
  }
}

/** At once, in bytes. */
const pouredBytes = 1024 * 1024
/** So much tells what keeps others, in bytes. */
const headBytes = 512
