// The functions of `eval` and `where`, and the aggregates of `stats`: what exists, with how many arguments, and what does
// not exist here although Splunk has it. The pipeline executor implements exactly these (test/spl-functions.test.ts).
import type { AggregateName } from '../../ir/search.ts'

export interface FunctionEntry {
  readonly min: number
  readonly max: number
  /** Gives true or false, which is a condition and not a value of a field. */
  readonly boolean?: true
}

const many = 1000
const f = (min: number, max = min): FunctionEntry => ({ min, max })
const test = (min: number, max = min): FunctionEntry => ({
  min,
  max,
  boolean: true,
})

export const functions: Readonly<Record<string, FunctionEntry>> = {
  // conditions
  if: f(3),
  case: f(2, many),
  coalesce: f(1, many),
  nullif: f(2),
  validate: f(2, many),
  null: f(0),
  true: test(0),
  false: test(0),
  in: test(2, many),
  like: test(2),
  match: test(2),
  cidrmatch: test(2),
  isnull: test(1),
  isnotnull: test(1),
  isnum: test(1),
  isint: test(1),
  isstr: test(1),
  isbool: test(1),
  // text
  len: f(1),
  lower: f(1),
  upper: f(1),
  trim: f(1, 2),
  ltrim: f(1, 2),
  rtrim: f(1, 2),
  replace: f(3),
  substr: f(2, 3),
  urldecode: f(1),
  printf: f(1, many),
  tostring: f(1, 2),
  tonumber: f(1, 2),
  typeof: f(1),
  spath: f(2),
  // numbers
  abs: f(1),
  ceiling: f(1),
  ceil: f(1),
  floor: f(1),
  round: f(1, 2),
  sigfig: f(1),
  exact: f(1),
  exp: f(1),
  ln: f(1),
  log: f(1, 2),
  pow: f(2),
  sqrt: f(1),
  pi: f(0),
  min: f(1, many),
  max: f(1, many),
  bit_and: f(2, many),
  bit_or: f(2, many),
  bit_xor: f(2, many),
  bit_not: f(1, 2),
  bit_shift_left: f(2),
  bit_shift_right: f(2),
  // several values
  mvappend: f(1, many),
  mvcount: f(1),
  mvdedup: f(1),
  mvfilter: f(1),
  mvfind: f(2),
  mvindex: f(2, 3),
  mvjoin: f(2),
  mvmap: f(2),
  mvrange: f(2, 3),
  mvsort: f(1),
  mvzip: f(2, 3),
  mv_to_json_array: f(1, 2),
  split: f(2),
  commands: f(1),
  // time
  now: f(0),
  time: f(0),
  relative_time: f(2),
  strftime: f(2),
  strptime: f(2),
  // JSON and digests
  json_extract: f(1, many),
  json_array: f(0, many),
  json_object: f(0, many),
  json_keys: f(1),
  json_valid: test(1),
  md5: f(1),
  sha1: f(1),
  sha256: f(1),
  sha512: f(1),
}

/** Functions that Splunk has, with the reason why a search that uses one is refused. */
export const refusedFunctions: Readonly<Record<string, string>> = {
  random: 'a search must give the same result each time',
  searchmatch: 'write the condition itself, or use a piped "search"',
  lookup: 'use the "lookup" command',
  ipmask: 'use cidrmatch()',
  tojson: 'use json_object()',
  cluster: 'there is no text clustering',
  getfields: 'field names are not data here',
}

export const aggregates: Readonly<Record<string, AggregateName>> = {
  count: 'count',
  c: 'count',
  dc: 'dc',
  distinct_count: 'dc',
  estdc: 'dc',
  sum: 'sum',
  sumsq: 'sumsq',
  avg: 'avg',
  mean: 'avg',
  min: 'min',
  max: 'max',
  range: 'range',
  stdev: 'stdev',
  stdevp: 'stdevp',
  var: 'var',
  varp: 'varp',
  median: 'median',
  mode: 'mode',
  values: 'values',
  list: 'list',
  first: 'first',
  last: 'last',
  earliest: 'earliest',
  latest: 'latest',
  earliest_time: 'earliest_time',
  latest_time: 'latest_time',
}

export const refusedAggregates: Readonly<Record<string, string>> = {
  sparkline: 'a graph is no value; use timechart',
  rate: 'divide range() by the time between earliest_time() and latest_time()',
  per_second: 'divide sum() by the span',
  per_minute: 'divide sum() by the span',
  per_hour: 'divide sum() by the span',
  per_day: 'divide sum() by the span',
  estdc_error: 'dc() is exact here',
}

/** `p95`, `perc95`, `exactperc95`, `upperperc95`: the percentile that the name holds. */
export function percentileOf(name: string): number | undefined {
  const m = /^(?:p|perc|exactperc|upperperc)(\d{1,2}(?:\.\d+)?|100)$/.exec(name)
  return m ? Number(m[1]) : undefined
}
