// Does each line tell its own format? Lines of several senders then lie in one file. What only a beginning tells (the head of a table, a
// declaration of XML, text over several lines) is read as its own sender meant it: it lies in a file by itself.
import { headBytes } from '../../../readers/containers/member-flow.ts'
import { encodingOf } from '../../../readers/containers/text.ts'
import { recogniseFormat } from '../../../readers/index.ts'

/** The format of lines that may lie among others of it; undefined: they may not. */
export function formatOfLines(lines: Buffer): string | undefined {
  const head = lines.subarray(0, headBytes)
  if (encodingOf(head) !== undefined) return undefined
  const format = recogniseFormat(head, '')
  if (format?.read !== 'stream') return undefined
  const { split } = format
  const isByLines = split?.by === 'lines' && (split.allowed?.(head) ?? true)
  return isByLines || format.name === 'auditd' ? format.name : undefined
}
