import { invariant } from './invariant.ts'

/**
 * A text that is put together stays a tree of its parts until somebody looks into it. What is kept is looked into, so that it
 * is one piece: a tenth of the memory.
 */
export function flat(text: string): string {
  invariant(text.charCodeAt(text.length - 1) !== 0, 'a kept text ends in text')
  return text
}
