// What shells do themselves: redirections to addresses and files, eval, sourcing, and which of their commands is a shell behind a connection.
import type { Command, KnownCommand } from '../fold/call.ts'
import {
  flowOf,
  isOf,
  isOpenShell,
  ofConnection,
  ofShell,
} from '../fold/flow.ts'
import { inputOf, plainWords, shellFilters } from '../fold/functions/shell.ts'
import {
  list,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  wholeText,
  withVia,
} from '../fold/value.ts'
import { shellOperators } from '../fold/dialects/shell.ts'
import { isUrl } from './places.ts'
import {
  type Ends,
  endsOf,
  isFifo,
  keepOpened,
  tellRedirects,
  written as writtenTo,
} from './redirects.ts'
import { secureClient } from './programs/connections.ts'
import { programs } from './programs/index.ts'
import { tellStart } from './programs/told.ts'

const evaluates: KnownCommand = (command) => {
  const words = plainWords(command.words)
  const code =
    words.length === 1
      ? words[0]!
      : text(words.map(shownOf).join(' '), viaOf(words))
  command.tell('evaluate', shownOf(code))
  command.evaluate(code, 'shell')
  return unknown()
}

const sources: KnownCommand = (command) => {
  const [file] = plainWords(command.words)
  if (file?.kind === 'text' && /\n|\s/.test(file.text))
    command.script(file, 'shell')
  else if (file) command.script(command.session.file(shownOf(file)), 'shell')
  return undefined
}

const own: Readonly<Record<string, KnownCommand>> = {
  ...shellFilters,
  eval: evaluates,
  source: sources,
  '.': sources,
  export: assigns,
  declare: assigns,
  local: assigns,
  readonly: assigns,
  alias: () => undefined,
  // What all that is in it reads.
  '[group]': (command) => {
    const ends = endsOf(command)
    for (const [n, value] of ends.opened)
      if (Number(n) > 2) command.define(`fd:${n}`, value)
    return ends.input
  },
  expr: expression,
  read: reads,
  mapfile: readsLines,
  readarray: readsLines,
  shift: shifts,
  set: setsArguments,
  unset: (command) => {
    for (const word of plainWords(command.words))
      command.define(shownOf(word), text(''))
    return text('')
  },
  openssl: (command) =>
    shownOf(plainWords(command.words)[0]) === 's_client'
      ? secureClient(command)
      : shellFilters.openssl!(command),
  ztcp: (command) => {
    const [host, port] = plainWords(command.words).map(shownOf)
    command.tell('connect', `${host}:${port}`)
    command.define('REPLY', unknown('REPLY', ofConnection))
    return undefined
  },
  cat: (command) => {
    const given = inputOf(command)
    const [path] = plainWords(command.words)
    if (!path) return given
    const made = writtenTo(command, shownOf(path))
    return made.kind !== 'unknown' || flowOf(made.via) ? made : given
  },
  trap: (command) => {
    command.script(command.words[0], 'shell')
    return undefined
  },
  gdbserver: (command) => {
    tellStart(command)
    command.tell('process_access', command.words.map(shownOf).join(' '))
    return undefined
  },
}

/** `read -r a b`: names stand for the words of the line that comes in. */
function reads(command: Command): undefined {
  const names = plainWords(command.words)
    .map(shownOf)
    .filter((w) => /^[A-Za-z_]\w{0,100}$/.test(w))
  const input = fromDescriptor(command) ?? inputOf(command)
  const [line = ''] = (textOf(input) ?? '').split('\n', 1)
  const by = textOf(command.get('IFS')) ?? ' '
  // At other signs than blanks it is not cut here.
  const words =
    by === ' ' || (by === '' && names.length < 2)
      ? line.trim().split(by ? /\s+/ : '\n')
      : []
  names.forEach((name, i) => {
    const isLast = i === names.length - 1
    const word = isLast ? words.slice(i).join(' ') : words[i]
    command.define(
      name,
      word && input
        ? text(word, input.via)
        : unknown(name, flowOf(input?.via ?? 0)),
    )
  })
  return undefined
}

/** `read -u 3`: what is open under that number. */
function fromDescriptor(command: Command): Value | undefined {
  const words = plainWords(command.words).map(shownOf)
  const at = words.findIndex((w) => /^-[a-z]*u\d*$/.test(w))
  if (at < 0) return undefined
  const n = /(?<!\d)\d+$/.exec(words[at]!)?.[0] ?? words[at + 1] ?? ''
  return command.get(`fd:${n}`)
}

/** `mapfile -t lines`: a list of the lines that come in. */
function readsLines(command: Command): undefined {
  const words = plainWords(command.words).map(shownOf)
  const name =
    words.findLast((w) => /^[A-Za-z_]\w{0,100}$/.test(w)) ?? 'MAPFILE'
  const input = inputOf(command)
  const s = wholeText(input)
  const isPlain = words.every((w) => w === '-t' || w === name)
  const lines = s?.replace(/\n$/, '').split('\n')
  const end = words.includes('-t') ? '' : '\n'
  command.define(
    name,
    lines && input && isPlain
      ? list(lines.map((l) => text(l + end, input.via)))
      : unknown(name, flowOf(input?.via ?? 0)),
  )
  return undefined
}

/** Arguments that have a name of their own. */
const maxArguments = 16

function giveArguments(command: Command, all: readonly Value[]): void {
  command.define('@', list([...all]))
  command.define('*', list([...all]))
  command.define('#', text(String(all.length)))
  for (let i = 0; i < maxArguments; i++)
    command.define(String(i + 1), all[i] ?? text(''))
}

/** What was the second argument is the first now. */
function shifts(command: Command): Value {
  const all = command.get('@')
  const [by] = plainWords(command.words)
  const n = by ? Number(textOf(by)) : 1
  if (all?.kind === 'list' && n >= 0) giveArguments(command, all.items.slice(n))
  return text('')
}

/** `set -- a b`. */
function setsArguments(command: Command): Value {
  const words = plainWords(command.words)
  const at = words.findIndex((w) => textOf(w) === '--')
  if (at >= 0) giveArguments(command, words.slice(at + 1))
  return text('')
}

/** `expr 3 + 4`, `expr substr text 2 3`. */
function expression(command: Command): Value {
  const words = plainWords(command.words)
  const [a, sign = '', b, n] = words.map((w) => wholeText(w))
  const via = viaOf(words)
  if (a === 'substr' && words.length === 4) {
    const [from, size] = [Number(b), Number(n)]
    return from >= 1 && size >= 0
      ? text(`${sign.slice(from - 1, from - 1 + size)}\n`, via)
      : unknown('expr output', via)
  }
  if (a === 'length' && words.length === 2) return text(`${sign.length}\n`, via)
  const op = Object.hasOwn(shellOperators, sign)
    ? shellOperators[sign]
    : undefined
  const made =
    words.length === 3 && /^[-+*/%]$/.test(sign)
      ? op?.(words[0]!, words[2]!, { budget: command.budget })
      : undefined
  return made?.kind === 'number'
    ? text(`${made.number}\n`, via)
    : unknown('expr output', via)
}

function assigns(command: Command): undefined {
  const isCounted = command.words.some((w) => /^-[a-z]*i/.test(textOf(w) ?? ''))
  for (const word of command.words) {
    const [, name, value] =
      /^(\w{1,100})=([\s\S]*)$/.exec(textOf(word) ?? '') ?? []
    if (!name) continue
    const made = isCounted
      ? unknown(name, word.via)
      : text(value ?? '', word.via)
    command.define(name, made)
    command.session.setVariable(name, made)
  }
  return undefined
}

/** Everyday commands of a shell that start no program worth telling. */
const quiet = new Set(
  'cd ls test [ [[ : true false set shift return exit read wait kill sleep mkdir rm rmdir chmod chown touch grep egrep awk cut sort uniq wc find date id whoami uname hostname pwd basename dirname which type command umask ulimit unset ps df du free tar gzip zip unzip diff ln stat file tail expr let seq clear pushd popd getopts apt apt-get yum dnf brew pip npm git make usermod useradd groupadd logger rsync hash jq mount umount ping ip ifconfig netstat ss'.split(
    ' ',
  ),
)

export function shellCommand(name: string): KnownCommand {
  return (given) => {
    const ends = endsOf(given)
    const here = inputOf(given)
    const input = here ?? ends.input
    const isFed = given.piped || here !== undefined || isOf(input, anyFlow)
    const command = isFed ? given.with({ input, piped: true }) : given
    const words = plainWords(command.words)
    const made = knownOf(name, command, words)
    if (name === 'exec' && !words.length) keepOpened(command, ends)
    const out = flowing(command, words, ends, made)
    tellRedirects(command, out)
    return ends.opened.has('1') ? unknown() : out
  }
}

function knownOf(
  name: string,
  command: Command,
  words: readonly Value[],
): Value | undefined {
  if (Object.hasOwn(own, name)) return own[name]!(command)
  if (Object.hasOwn(programs, name))
    return programs[name]!(command.with({ words }))
  return other(command, words)
}

const anyFlow = ofConnection | ofShell

/** What a command says is of whom it reads; and a shell whose ends are a connection is told. */
function flowing(
  command: Command,
  words: readonly Value[],
  ends: Ends,
  made: Value | undefined,
): Value | undefined {
  const line = [command.program, ...words.map(shownOf)].join(' ')
  const { input, output } = ends
  const through = flowOf(input?.via ?? 0)
  if (!isOpenShell(line)) return through ? passed(made, through) : made
  const interactive = words.some((w) => /^-\w*i/.test(shownOf(w)))
  const isFed = input !== undefined && textOf(input) === undefined
  if (
    isOf(input, ofConnection) ||
    (isOf(output, ofConnection) && (interactive || !input))
  )
    command.mark('shell')
  else if (ends.handedDown) command.mark('descriptors')
  return isFed && (interactive || isFifo(input) || through)
    ? passed(made, ofShell)
    : made
}

function passed(made: Value | undefined, flow: number): Value {
  const value = made ?? unknown('output')
  return withVia(value, value.via | flow)
}

function other(command: Command, words: readonly Value[]): Value | undefined {
  const { name, program } = command
  if ((quiet.has(name) && !command.first?.via) || !program)
    return unknown(`${name} output`)
  if (
    program.includes('/') ||
    isUrl(program) ||
    command.first?.kind === 'unknown' ||
    command.first?.via
  ) {
    command.commandLine(
      words.length
        ? list([text(program, command.first?.via ?? 0), ...words])
        : text(program, command.first?.via ?? 0),
    )
  }
  return unknown(`${name} output`)
}
