// What decides of which incident a finding is: when, where, and what ties it. Of its line this is read without reading the whole.
import type { Finding } from '../finding.ts'
import { isCrossing } from '../ties.ts'

export interface Member {
  readonly id: string
  /** Milliseconds since 1970; 0: none. */
  readonly time: number
  /** With the host: the same tie on two hosts is none. */
  readonly ties: readonly string[]
  /** Between what has host and time and what has neither: files. */
  readonly crossing: readonly string[]
  /** It has neither: it is of a file that lies somewhere. */
  readonly isFile: boolean
}

export function memberOf({ id, time, host, evidence }: Finding): Member {
  const ties = evidence.flatMap(({ file, record, offset, ties = [] }) => [
    placeTie(file, record, offset),
    ...ties,
  ])
  return member(id, time, host, ties)
}

const text = '"(?:[^"\\\\]|\\\\.)*"'
/** As `findingText` begins a line. */
const head = new RegExp(
  `^\\{"id":"(\\w*)","time":(null|"[^"]*"),"host":(null|${text})`,
)
const placeBegins = '{"file":'
const place = new RegExp(
  `\\{"file":(${text}),"record":(\\d+),"offset":(\\d+)`,
  'y',
)
/** Within a text no quotation mark stands alone: what looks so is none. */
const tiesBegin = ',"ties":['
const tied = new RegExp(`,"ties":(\\[${text}(?:,${text})*\\])`, 'y')

/** Of the same finding as its line. */
export function memberOfLine(line: string): Member | undefined {
  const begins = head.exec(line)
  if (!begins) return undefined
  const [, id = '', time = 'null', host = 'null'] = begins
  const ties: string[] = []
  for (const [, file, record, offset] of each(line, placeBegins, place))
    ties.push(
      placeTie(JSON.parse(file!) as string, Number(record), Number(offset)),
    )
  for (const [, list] of each(line, tiesBegin, tied)) {
    for (const tie of JSON.parse(list!) as string[]) ties.push(tie)
  }
  return member(
    id,
    JSON.parse(time) as string | null,
    JSON.parse(host) as string | null,
    ties,
  )
}

function member(
  id: string,
  time: string | null,
  host: string | null,
  all: readonly string[],
): Member {
  return {
    id,
    time: timeOf(time),
    ties: onHost(
      host,
      all.filter((t) => !isCrossing(t)),
    ),
    crossing: all.filter(isCrossing),
    isFile: time === null && host === null,
  }
}

/** Where it begins is looked for as plain text: many times faster than trying the expression at every letter. */
function* each(
  line: string,
  begins: string,
  sticky: RegExp,
): Generator<RegExpExecArray> {
  for (let at = line.indexOf(begins); at >= 0; ) {
    sticky.lastIndex = at
    const found = sticky.exec(line)
    if (found) yield found
    at = line.indexOf(begins, at + (found?.[0].length ?? 1))
  }
}

function timeOf(time: string | null): number {
  return time ? Date.parse(time) : 0
}

function placeTie(file: string, record: number, offset: number): string {
  return `record ${file} ${record} ${offset}`
}

function onHost(host: string | null, ties: readonly string[]): string[] {
  const name = host?.toLowerCase() ?? ''
  return ties.map((tie) => `${name}\0${tie}`)
}
