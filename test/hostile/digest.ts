import { createHash } from 'node:crypto'

/** As the label of a cache file has it. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
