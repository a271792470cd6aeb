// Holds what comes until it is all there, and has it read then.
import { LimitReached } from './budget.ts'
import type { Context, RandomAccess } from './context.ts'
import { Held } from './held.ts'
import type { Flow, SourceMember } from './member.ts'

/** `what`: of the archive, in words. */
export interface HeldArchive {
  readonly what: string
  begins(head: Buffer): boolean
  read(
    bytes: RandomAccess,
    context: Context,
    member: SourceMember,
  ): Promise<void>
}

export class HeldFlow implements Flow {
  readonly #archive: HeldArchive
  readonly #context: Context
  readonly #member: SourceMember
  readonly #held: Held
  done = false

  constructor(archive: HeldArchive, context: Context, member: SourceMember) {
    this.#archive = archive
    this.#context = context
    this.#member = member
    this.#held = new Held(context.budget)
  }

  async write(block: Buffer): Promise<void> {
    if (this.done) return
    try {
      this.#held.add(block)
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.done = true
      this.#held.release()
      this.#context.visitor.problem({
        file: this.#member.file,
        kind: 'limit',
        message: `${this.#archive.what} within an archive: ${error.message}`,
      })
    }
  }

  async end(): Promise<void> {
    if (this.done) return
    await this.#archive.read(this.#held, this.#context, this.#member)
    this.#held.release()
  }
}
