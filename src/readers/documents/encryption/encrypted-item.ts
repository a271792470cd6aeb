// What is said of a document, or of a part of one, that lies under a password: a state of its own, which is never clean
// where no password opened it.
import type { ItemWriter } from '../item.ts'

export function tellEncrypted(
  writer: ItemWriter,
  part: string,
  isOpened: boolean,
): void {
  const text = isOpened
    ? 'encrypted, opened with a known password'
    : 'encrypted, not inspected'
  writer.add({ kind: 'encrypted', part, text })
  if (!isOpened) writer.options.notInspected?.(`${part}: ${text}`)
}
