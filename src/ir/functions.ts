// The functions of expressions: what exists, with which arguments. The parser checks calls by this table, lint reads what an
// argument means from it, and the executor's table has exactly these names.

export type Argument =
  | 'any'
  | 'text'
  | 'number'
  | 'condition'
  /** A field with several values. */
  | 'list'
  /** A regular expression, for a search in the text. */
  | 'regex'
  | 'network'
  /** `-1d@d`: steps from one moment to another. */
  | 'modifier'
  | 'write-format'
  | 'read-format'
  /** A number, or a span of time. */
  | 'span'

export interface FunctionEntry {
  readonly required: readonly Argument[]
  readonly optional: readonly Argument[]
  /** What may follow, over and over. */
  readonly rest: readonly Argument[]
  /** Gives true or false, which is a condition and not a value of a field. */
  readonly condition: boolean
}

/** Arguments of one call. */
export const maxArguments = 1000

function value(
  required: readonly Argument[],
  optional: readonly Argument[] = [],
  rest: readonly Argument[] = [],
): FunctionEntry {
  return { required, optional, rest, condition: false }
}

function test(
  required: readonly Argument[],
  rest: readonly Argument[] = [],
): FunctionEntry {
  return { required, optional: [], rest, condition: true }
}

export const functions = {
  // conditions
  if: value(['condition', 'any', 'any']),
  case: value(['condition', 'any'], [], ['condition', 'any']),
  coalesce: value(['any'], [], ['any']),
  nullif: value(['any', 'any']),
  validate: value(['condition', 'any'], [], ['condition', 'any']),
  null: value([]),
  true: test([]),
  false: test([]),
  in: test(['any', 'any'], ['any']),
  like: test(['text', 'text']),
  match: test(['text', 'regex']),
  cidrmatch: test(['network', 'text']),
  isnull: test(['any']),
  isnotnull: test(['any']),
  isnum: test(['any']),
  isint: test(['any']),
  isstr: test(['any']),
  isbool: test(['any']),
  // text
  len: value(['text']),
  lower: value(['text']),
  upper: value(['text']),
  trim: value(['text'], ['text']),
  ltrim: value(['text'], ['text']),
  rtrim: value(['text'], ['text']),
  replace: value(['text', 'regex', 'text']),
  substr: value(['text', 'number'], ['number']),
  urldecode: value(['text']),
  printf: value(['text'], [], ['any']),
  tostring: value(['any'], ['text']),
  tonumber: value(['text'], ['number']),
  typeof: value(['any']),
  spath: value(['text', 'text']),
  // numbers
  abs: value(['number']),
  ceiling: value(['number']),
  ceil: value(['number']),
  floor: value(['number']),
  round: value(['number'], ['number']),
  sigfig: value(['number']),
  exact: value(['number']),
  exp: value(['number']),
  ln: value(['number']),
  log: value(['number'], ['number']),
  pow: value(['number', 'number']),
  sqrt: value(['number']),
  pi: value([]),
  sin: value(['number']),
  cos: value(['number']),
  tan: value(['number']),
  asin: value(['number']),
  acos: value(['number']),
  atan: value(['number']),
  atan2: value(['number', 'number']),
  sinh: value(['number']),
  cosh: value(['number']),
  tanh: value(['number']),
  asinh: value(['number']),
  acosh: value(['number']),
  atanh: value(['number']),
  hypot: value(['number', 'number']),
  min: value(['any'], [], ['any']),
  max: value(['any'], [], ['any']),
  bit_and: value(['number', 'number'], [], ['number']),
  bit_or: value(['number', 'number'], [], ['number']),
  bit_xor: value(['number', 'number'], [], ['number']),
  bit_not: value(['number'], ['number']),
  bit_shift_left: value(['number', 'number']),
  bit_shift_right: value(['number', 'number']),
  // several values
  mvappend: value(['list'], [], ['list']),
  mvcount: value(['list']),
  mvdedup: value(['list']),
  mvfilter: value(['condition']),
  mvfind: value(['list', 'regex']),
  mvindex: value(['list', 'number'], ['number']),
  mvjoin: value(['list', 'text']),
  mvmap: value(['list', 'any']),
  mvrange: value(['number', 'number'], ['span']),
  mvsort: value(['list']),
  mvzip: value(['list', 'list'], ['text']),
  mv_to_json_array: value(['list'], ['any']),
  split: value(['text', 'text']),
  commands: value(['text']),
  // time
  now: value([]),
  time: value([]),
  relative_time: value(['number', 'modifier']),
  strftime: value(['number', 'write-format']),
  strptime: value(['text', 'read-format']),
  // JSON and digests
  json_extract: value(['text'], [], ['text']),
  json_array: value([], [], ['any']),
  json_object: value([], [], ['any', 'any']),
  json_keys: value(['text']),
  json_valid: test(['text']),
  json_array_to_mv: value(['text'], ['any']),
  md5: value(['text']),
  sha1: value(['text']),
  sha256: value(['text']),
  sha512: value(['text']),
} as const satisfies Readonly<Record<string, FunctionEntry>>

export type FunctionName = keyof typeof functions

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name)
}

/** How many arguments a function takes. */
export function arityOf({ required, optional, rest }: FunctionEntry): {
  readonly least: number
  readonly most: number
} {
  const least = required.length
  return { least, most: rest.length ? maxArguments : least + optional.length }
}

/** What the argument at a place means. */
export function argumentAt(entry: FunctionEntry, i: number): Argument {
  const named = [...entry.required, ...entry.optional]
  const { rest } = entry
  return named[i] ?? rest[(i - named.length) % rest.length] ?? 'any'
}
