// JSON in all the ways in which events are kept: one object a line, one array, objects one after another.
import type { StreamFormat } from '../reader.ts'
import { framingOf, looksLikeJson, skipBlank } from './recognise.ts'
import { JsonReader } from './json-reader.ts'

export const jsonl: StreamFormat = {
  name: 'jsonl',
  read: 'stream',
  detect: (head) => looksLikeJson(head),
  open: (options) => new JsonReader(options),
  split: {
    by: 'lines',
    allowed: (head) =>
      framingOf(head, false) === 'lines' &&
      !holdsRows(head) &&
      !carriesAudit(head) &&
      !holdsPiece(head),
  },
}

/** Rows mean what the first line names. */
function holdsRows(head: Buffer): boolean {
  return head[skipBlank(head, 0)] === 0x5b
}

/** The records of one audit event may lie in several lines, which are joined while they stand in one piece. */
function carriesAudit(head: Buffer): boolean {
  return head.includes('audit(') || head.includes('"_AUDIT_ID"')
}

/** Docker's pieces of a long line are joined while they stand in one piece of the file, and so are those of its other drivers. */
function holdsPiece(head: Buffer): boolean {
  const text = head.toString('latin1')
  return (
    /"(?:CONTAINER_PARTIAL_MESSAGE|partial_message)"/.test(text) ||
    /^\{"log":"(?:[^"\\]|\\[^n]|\\n(?!"))*","stream":"/m.test(text)
  )
}
