// Which formats are there, and which one is this?
import type { Damage, SourceRecord } from '../base/record.ts'

import { auditd } from './auditd/index.ts'
import { carriedLines } from './carried-lines/index.ts'
import { csv } from './csv/index.ts'
import { BothReaders } from './both.ts'
import { documentsByBeginning, otherDocuments } from './documents/index.ts'
import { linksBeside, separated } from './documents/text/separated.ts'
import { evtx, evtxChunks } from './evtx/index.ts'
import { jsonl } from './jsonl/index.ts'
import type {
  Format,
  PackageFormat,
  Reader,
  ReaderOptions,
  StreamFormat,
  WholeFormat,
} from './reader.ts'
import { script } from './script/index.ts'
import { textBlocks } from './text-blocks/index.ts'
import { textTable } from './text-table/index.ts'
import { WholeReader } from './whole.ts'
import { windowsXml } from './windows-xml/index.ts'

/** Where two are equally sure, the earlier one is taken. */
export const formats: readonly Format[] = [
  evtx,
  evtxChunks,
  ...documentsByBeginning,
  carriedLines,
  windowsXml,
  auditd,
  jsonl,
  script,
  textTable,
  csv,
  ...textBlocks,
  ...otherDocuments,
]

/** Of a part of a file, whose beginning was recognised before. */
export function streamFormat(name: string): StreamFormat | undefined {
  return formats.filter((f) => f.read === 'stream').find((f) => f.name === name)
}

/** By content; the name decides only between formats that are equally sure. undefined: none of them. */
export function recogniseFormat(
  head: Buffer,
  name: string,
  among: readonly Format[] = formats,
): StreamFormat | WholeFormat | undefined {
  return surest(
    among.filter((f) => f.read !== 'package'),
    (format) => format.detect(head, name),
  )
}

const logs: readonly Format[] = [
  evtx,
  evtxChunks,
  carriedLines,
  windowsXml,
  auditd,
  jsonl,
  csv,
  ...textBlocks,
]

/** Only what gives events that are known here from its beginning on: of what lies where no telemetry belongs. */
export function recogniseTelemetry(
  head: Buffer,
  name: string,
): StreamFormat | undefined {
  const format = recogniseFormat(head, name, logs)
  if (format?.read !== 'stream') return undefined
  return format.detect(head, name) === certain || givesEvents(format, head)
    ? format
    : undefined
}

/** The records of the beginning of a source, of which nothing else is said: what is cut off is read in its turn. */
export function eachRecord(
  format: StreamFormat,
  head: Buffer,
  record: (record: SourceRecord) => void,
): void {
  const nothing = () => {}
  const reader = format.open({
    sink: {
      record,
      skipped: nothing,
      damaged: nothing,
      unknownShape: nothing,
      shapeSeen: nothing,
    },
  })
  reader.push(head)
  reader.end()
}

function givesEvents(format: StreamFormat, head: Buffer): boolean {
  let found = false
  eachRecord(format, head, ({ provenance }) => {
    found ||= provenance.family !== 'unknown'
  })
  return found
}

/** By the names of its members. undefined: it is an archive of sources, or a package that nothing here reads. */
export function recognisePackage(
  names: ReadonlySet<string>,
  among: readonly Format[] = formats,
): PackageFormat | undefined {
  return surest(
    among.filter((f) => f.read === 'package'),
    (format) => format.recognises(names),
  )
}

/** What `detect` and `recognises` say at most. */
const certain = 3

function surest<F>(among: readonly F[], sure: (f: F) => number): F | undefined {
  let best: F | undefined
  let most = 0
  for (const format of among) {
    const how = sure(format)
    if (how <= most) continue
    best = format
    most = how
    if (how === certain) break
  }
  return best
}

export function openReader(
  format: StreamFormat | WholeFormat,
  given: ReaderOptions,
): Reader {
  const options = given.isSpare ? silentBeside(given) : given
  if (format.read === 'whole') return new WholeReader(format, options)
  const reader = format.open(options)
  const isTable = format === csv || format === separated
  const links = isTable ? undefined : linksBeside(options)
  return links ? new BothReaders(reader, links) : reader
}

function silentBeside(options: ReaderOptions): ReaderOptions {
  const { sink } = options
  const damaged = (damage: Damage) => {
    if (!damage.isBeside) sink.damaged(damage)
  }
  return { ...options, sink: { ...sink, damaged } }
}
