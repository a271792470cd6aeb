// `ipcwatch hunt`: a Splunk search, here.
import { existsSync, readFileSync, statSync } from 'node:fs'

import { Command, Option } from 'commander'

import { grouped, plural } from '../base/shown.ts'
import { formatTime } from '../base/time.ts'
import type { Zone } from '../base/zone.ts'

import { type Macros, parseMacros } from '../languages/spl/index.ts'

import type {
  Account,
  HuntResult,
  Unseen,
} from '../executors/pipeline/index.ts'

import { type Lookups, readLookups } from '../content/lookups.ts'

import { baselineOf } from '../app/baseline/baseline-file.ts'
import { type HuntOutcome, type HuntRequest, hunt } from '../app/hunt/hunt.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import {
  baselineOption,
  noteScope,
  outputOption,
  passwordOption,
  readTime,
  type ScopeFlags,
  scopeOf,
  timeZoneOption,
  workersOption,
} from './options.ts'
import { addInput, type InputTimeFlags, localTimesOf } from './input-times.ts'
import { readNamedFile } from './named-file.ts'
import { openOutput } from './output.ts'
import { rowCsv, rowJson, rowTable } from './rows.ts'
import { say, sayDiagnostic, sayLine } from './say.ts'
import { Troubles } from './troubles.ts'

interface HuntFlags extends ScopeFlags, InputTimeFlags {
  readonly file?: string
  readonly format: 'table' | 'ndjson' | 'csv'
  readonly explain: boolean
  readonly macros?: string
  readonly lookups?: string
  readonly geoip?: string
  readonly now?: number
  readonly workers?: number
  readonly password?: string[]
  readonly output?: string
  readonly baseline?: string
  readonly timeZone?: Zone
}

export function huntCommand(): Command {
  const command = new Command('hunt')
    .description('run a Splunk search over files; "-" is standard input')
    .argument('[search]', 'the search; left out with --file')
    .argument('[paths...]', 'files, folders, archives')
    .option('--file <file>', 'read the search from this file')
    .addOption(
      new Option('--format <format>', 'how rows are printed')
        .choices(['table', 'ndjson', 'csv'])
        .default('table'),
    )
    .addOption(outputOption())
    .addOption(timeZoneOption())
    .option('--explain', 'print the stages and how many events passed each')
    .option('--macros <file>', 'macros.conf with macros of your own')
    .option(
      '--lookups <folder>',
      'folder of .csv tables, with a transforms.conf or without',
    )
    .option(
      '--geoip <file>',
      'database of places (.mmdb) for iplocation; one in the folder of --lookups is found',
    )
    .option(
      '--now <time>',
      'what now() and relative times mean (default: the clock)',
      readTime,
    )
    .addOption(baselineOption())
    .addOption(workersOption())
    .addOption(passwordOption())
  return addInput(command).action(run)
}

async function run(
  first: string | undefined,
  rest: string[],
  flags: HuntFlags,
): Promise<void> {
  const outcome = new Outcome()
  const output = openOutput(flags.output)
  const request = await requestOf(first, rest, flags)
  const streams = flags.format === 'ndjson'
  let rows = 0
  const troubles = new Troubles()
  const found = await hunt(
    request,
    {
      diagnostic(d) {
        sayDiagnostic(d)
        if (d.severity === 'error') outcome.note('rule error')
      },
      unusable(message) {
        troubles.tell(message)
        outcome.note('unusable path', 'named above; the rest was read')
      },
      problem: (message) => troubles.tell(message),
      note: say,
      ...(streams && {
        onRow: (row) => {
          rows++
          output.write(rowJson(row, undefined))
        },
      }),
    },
    interruptions(),
  )
  troubles.end()
  const { result, totals } = found
  if (result?.refusal) tellRefused(result.refusal, found, outcome)
  else if (result && !streams) {
    rows = result.rows.length
    if (rows) output.write(rowsText(result, flags, output.width))
  }
  output.flush()
  if (result && flags.explain) tellPlan(result)
  // What could not be run to its end has no rows, and nothing to say of what it read.
  if (result && !result.refusal) {
    sayLine(`${plural(rows, 'row')} from ${plural(totals.events, 'event')}`)
    judge(found, rows, request, outcome)
  }
  outcome.finish()
}

function tellPlan(result: HuntResult): void {
  sayLine(`${result.plan.join('\n')}\n`)
  sayLine(printAccounts(result).trimEnd())
}

/** A name that no event has may be why. */
function tellRefused(
  { message, hint }: NonNullable<HuntResult['refusal']>,
  { strangers, emptyFields }: HuntOutcome,
  outcome: Outcome,
): void {
  outcome.note('rule error', `${message}; ${hint}`)
  for (const name of new Set([...strangers, ...emptyFields])) say(name)
}

function rowsText(
  { rows, columns }: HuntResult,
  { format, timeZone }: HuntFlags,
  width: number,
): string {
  return format === 'csv'
    ? rowCsv(rows, columns, timeZone)
    : rowTable(rows, columns, width, timeZone)
}

function judge(
  found: HuntOutcome,
  rows: number,
  { paths }: HuntRequest,
  outcome: Outcome,
): void {
  const isOfNone = found.isOutOfTime && found.heldOfNone
  if (rows && !isOfNone) outcome.note('findings')
  else if (interruptions().aborted) {
    outcome.note('interrupted', 'there was no row until then')
  }
  const { totals, inScope, readsEvents, strangers, unknown, ...empty } = found
  if (!readsEvents) return
  if (!paths.length) outcome.note('no path', 'say where the events are')
  else if (!totals.events) outcome.note('nothing read', 'there is no event')
  else if (inScope === 0) noteScope(outcome)
  else if (totals.strange === totals.events)
    outcome.note('unknown shapes', 'no record is of a shape that is known')
  else sayTimes(found, rows, outcome)
  const lacking = sayUnseen(found, outcome, rows)
  if (unknown.size && !rows)
    outcome.note('all blind', 'what the search asks is known of no event')
  for (const [field, why] of unknown) say(`${field} is unknown: ${why}`)
  // Of what was not there nobody can say which names it has.
  const isSomething = rows && !found.heldOfNone
  const nothing =
    isSomething || lacking
      ? []
      : [...strangers, ...empty.emptyCounts, ...empty.emptyFields]
  // What came of something may still be of another name than was meant.
  const doubtful = isSomething ? [...empty.emptyCounts, ...empty.slips] : []
  const columns = lacking && !rows ? [] : empty.emptyColumns
  for (const name of new Set([...nothing, ...doubtful, ...columns])) say(name)
  if (nothing.length && !rows)
    outcome.note('unknown name', 'no row can be made of it')
  if (totals.isPartial) {
    outcome.note('incomplete', 'some of the input was not inspected')
  }
}

/** What is counted of no event is no answer. */
function sayTimes(
  { isOutOfTime, isInnerOutOfTime, totals, heldOfNone }: HuntOutcome,
  rows: number,
  outcome: Outcome,
): void {
  const said = (of: string) =>
    `no event lies in the time that ${of} states${timeOf(totals)}`
  if (isOutOfTime && (!rows || heldOfNone))
    outcome.note('nothing in scope', said('the search'))
  if (isInnerOutOfTime) say(said('a search within it'))
}

/** Ids that a message names. */
const maxIds = 5

/** Says what no event of the input was; false: nothing was lacking. */
function sayUnseen(
  { unseen, inScope, totals, heldOfNone }: HuntOutcome,
  outcome: Outcome,
  rows: number,
): boolean {
  if (!unseen || !totals.events || inScope === 0) return false
  const within =
    inScope === undefined ? '' : ' within the chosen time and hosts'
  const said = `${unseenIn(unseen)}${within}`
  if (unseen.lacks === 'id') {
    if (!rows || heldOfNone) say(said)
  } else if (rows) say(said)
  else outcome.note('all blind', said)
  return true
}

function unseenIn({ origin, ids }: Unseen): string {
  if (!ids) return `no event of the input is of ${origin}`
  const more = ids.length > maxIds ? ` or ${ids.length - maxIds} others` : ''
  const some = ids.slice(0, maxIds).join(', ') + more
  return `no event${origin ? ` of ${origin}` : ''} with id ${some} in the input`
}

function timeOf({ earliest, latest }: HuntOutcome['totals']): string {
  return earliest !== undefined && latest !== undefined
    ? `; events are from ${formatTime(earliest)} to ${formatTime(latest)}`
    : ''
}

async function requestOf(
  first: string | undefined,
  rest: readonly string[],
  flags: HuntFlags,
): Promise<HuntRequest> {
  const fromFile = flags.file !== undefined
  const paths = fromFile && first !== undefined ? [first, ...rest] : rest
  const search = fromFile ? readText(flags.file!) : first
  if (search === undefined) {
    throw new UsageError('no search: give one as the first argument, or --file')
  }
  if (!fromFile && isPath(search, paths))
    throw new UsageError(
      `"${search}" is a path: the search comes first, such as 'EventCode=17 | stats count by PipeName', and "*" is every event`,
    )
  return {
    search: search === '-' ? readText('-') : search,
    ...(fromFile && { file: flags.file! }),
    paths,
    macros: flags.macros ? readMacros(flags.macros) : new Map(),
    ...(await tablesOf(flags)),
    now: (flags.now ?? Date.now()) / 1000,
    explain: flags.explain,
    scope: scopeOf(flags),
    ...(flags.baseline !== undefined && {
      baseline: baselineOf(flags.baseline),
    }),
    ...(flags.workers !== undefined && { workers: flags.workers }),
    ...(flags.password && { passwords: flags.password }),
    ...localTimesOf(flags),
  }
}

/** A word may be a file's name by chance: then paths follow it. */
function isPath(search: string, paths: readonly string[]): boolean {
  const mayBeWord = !/[\\/]/.test(search)
  if (search === '-' || (mayBeWord && paths.length)) return false
  return existsSync(search)
}

function readText(path: string): string {
  if (path !== '-') return readNamedFile(path, 'file')
  try {
    return readFileSync(0, 'utf8')
  } catch (error) {
    throw new UsageError(
      `"${path}" cannot be read: ${(error as Error).message}`,
    )
  }
}

function readMacros(path: string): Macros {
  const { macros, problems } = parseMacros(readText(path))
  for (const p of problems) {
    say(`${path}:${p.line}: ${p.message}`)
  }
  return macros
}

/** What is named goes before what is found. */
async function tablesOf({
  lookups,
  geoip,
}: HuntFlags): Promise<Pick<HuntRequest, 'lookups' | 'geoip'>> {
  if (geoip !== undefined && !existsSync(geoip))
    throw new UsageError(`"${geoip}" cannot be read: no such file`)
  const { tables, databases } = lookups
    ? await lookupsIn(lookups)
    : { tables: new Map(), databases: [] }
  return { lookups: tables, geoip: geoip === undefined ? databases : [geoip] }
}

async function lookupsIn(folder: string): Promise<Lookups> {
  try {
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder')
    const found = await readLookups([folder])
    for (const problem of found.problems) say(problem)
    return found
  } catch (error) {
    throw new UsageError(
      `"${folder}" cannot be read: ${(error as Error).message}`,
    )
  }
}

function printAccounts(result: HuntResult): string {
  const inner = result.inner.map(
    (account, i) => `search in brackets ${i + 1}\n${printAccount(account)}`,
  )
  return [...inner, printAccount(result.account)].join('')
}

function printAccount(account: readonly Account[]): string {
  return account
    .map(({ stage, in: came, out, hints }) => {
      const counts = `${grouped(came).padStart(12)} in ${grouped(out).padStart(12)} out`
      return [
        `${counts}  ${stage}`,
        ...hints.map((h) => `${' '.repeat(34)}${h}`),
      ].join('\n')
    })
    .map((text) => `${text}\n`)
    .join('')
}
