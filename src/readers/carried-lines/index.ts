// Lines of others, each perhaps with an event in it, of whatever kind: what a container's runtime or a log's client wrote, and
// logs in which several programs' lines of different kinds stand (audit records, event XML, JSON).
import type { StreamFormat } from '../reader.ts'
import { readHeader } from '../auditd/header.ts'
import { csv } from '../csv/index.ts'
import { CarriedLinesReader } from './reader.ts'
import { isOfRuntime, withoutColours } from './prefix.ts'

/** Lines of the beginning that are looked at. */
const maxDetectLines = 64

export const carriedLines: StreamFormat = {
  name: 'carried-lines',
  read: 'stream',
  detect(head) {
    const lines = head.toString('utf8').split('\n', maxDetectLines)
    const first = lines.find((line) => line.trim() !== '')
    if (first === undefined) return 0
    if (isOfRuntime(withoutColours(first))) return 3
    const kinds = new Set(lines.map(kindOf).filter((k) => k !== undefined))
    // Cells of a table may hold events of several kinds.
    return kinds.size > 1 && csv.detect(head, '') === 0 ? 3 : 0
  },
  open: (options) => new CarriedLinesReader(options),
  split: {
    by: 'lines',
    // Records of one audit event, and pieces of one line, are joined while they stand in one piece of the file.
    allowed: (head) =>
      !head.includes('audit(') &&
      !/^\S+ std\w+ P/m.test(head.toString('latin1')),
  },
}

/** The kind of event that stands whole in a line; undefined: none. */
function kindOf(line: string): 'audit' | 'xml' | 'json' | undefined {
  const xml = line.indexOf('<Event')
  const json = line.indexOf('{"')
  if (xml >= 0 && (json < 0 || xml < json)) {
    return line.includes('</Event>', xml) ? 'xml' : undefined
  }
  if (json >= 0) return line.trimEnd().endsWith('}') ? 'json' : undefined
  return readHeader(line) ? 'audit' : undefined
}
