// Is the content of an object a source of its own? Most of it is known to one program alone (a picture, an equation): offered to
// the readers, each would be a source that nobody inspects.
import { compoundMagic } from '../compound/header.ts'

const beginnings = [
  compoundMagic,
  ...['PK\x03\x04', '{\\rt', '%PDF', 'MZ', 'ActiveMime', '<', '#!'].map(
    (text) => Buffer.from(text, 'latin1'),
  ),
]

export function isSourceLike(content: Buffer): boolean {
  return beginnings.some((b) => content.subarray(0, b.length).equals(b))
}
