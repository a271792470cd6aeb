// What all layers of one input share.
import type { Budget } from './budget.ts'
import type { Flow, SourceMember, SourceVisitor } from './member.ts'

export interface Context {
  readonly visitor: SourceVisitor
  readonly budget: Budget
  /** Layers around this one. */
  readonly depth: number
  readonly signal: AbortSignal | undefined
  /** Tried on encrypted members. */
  readonly passwords: readonly string[]
  /** Takes what lies inside: a member again, so that an archive may hold archives. */
  inside(member: SourceMember): Flow
  /** Of what lies inside an archive, a compressed stream or a document. */
  deeper(): Context
}

/** Bytes that can be read anywhere: a file, or a buffer. */
export interface RandomAccess {
  readonly size: number
  read(offset: number, length: number): Promise<Buffer>
}
