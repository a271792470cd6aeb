// Aggregates of `stats` as the language names them, and the functions and aggregates that do not exist here although Splunk
// has them. What exists for `eval` and `where` stands in ir/functions.ts.
import type { AggregateName } from '../../ir/aggregate.ts'

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
