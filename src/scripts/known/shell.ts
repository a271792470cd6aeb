// What shells do themselves: redirections to addresses and files, eval, sourcing, and which of their commands is a shell behind a connection.
import type { Command, KnownCommand } from '../fold/call.ts'
import { inputOf, plainWords, shellFilters } from '../fold/functions/shell.ts'
import {
  list,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { isUrl, tellFile } from './places.ts'
import { programs } from './programs/index.ts'
import { tellStart } from './programs/told.ts'

const shells = /^(?:ba|da|z|k|c|tc)?sh$/

interface Redirect {
  readonly sign: string
  readonly target: Value | undefined
}

function redirectsOf(words: readonly Value[]): Redirect[] {
  return words.flatMap((w) =>
    w.kind === 'list' &&
    w.items[0]?.kind === 'text' &&
    /^(?:\d{0,3}|&)[<>]/.test(w.items[0].text)
      ? [{ sign: w.items[0].text, target: w.items[1] }]
      : [],
  )
}

/** `/dev/tcp/host/port`. */
function tellRedirect(
  command: Command,
  { sign, target }: Redirect,
  made: Value | undefined,
): void {
  const path = shownOf(target)
  const socket = /^\/dev\/(tcp|udp)\/([^/]+)\/(.+)$/.exec(path)
  if (socket) {
    command.tell('connect', `${socket[2]}:${socket[3]}`)
    command.mark('connection')
    const interactive = command.words.some((w) => /^-\w*i/.test(shownOf(w)))
    if (
      shells.test(command.name) ||
      (command.name === 'exec' && sign.includes('<>'))
    )
      command.mark(
        interactive || shells.test(command.name) ? 'shell' : 'stream',
      )
    return
  }
  if (sign === '<<<' || /^[\d-]$/.test(path) || !path) return
  tellFile(command, path, sign.includes('>'))
  const language = sign.includes('>') ? languageOfName(path) : undefined
  if (language && made && made.kind !== 'unknown')
    command.script(made, language)
}

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
  '[group]': () => undefined,
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

function assigns(command: Command): undefined {
  for (const word of command.words) {
    const [, name, value] =
      /^(\w{1,100})=([\s\S]*)$/.exec(textOf(word) ?? '') ?? []
    if (name) command.define(name, text(value ?? '', word.via))
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
  return (command) => {
    const redirects = redirectsOf(command.words)
    const words = plainWords(command.words)
    const input = inputOf(command)
    const known = Object.hasOwn(own, name)
      ? own[name]
      : Object.hasOwn(programs, name)
        ? programs[name]
        : undefined
    const made = known
      ? known(
          command.with({
            ...(known === own[name] ? {} : { words }),
            input,
            piped: command.piped || input !== undefined,
          }),
        )
      : other(command, words)
    for (const redirect of redirects) tellRedirect(command, redirect, made)
    marksOf(command, name)
    return redirects.some((r) => r.sign.includes('>')) ? unknown() : made
  }
}

/** A shell that reads what a connection gives. */
function marksOf(command: Command, name: string): void {
  if (!shells.test(name) || !command.piped) return
  if (command.words.some((w) => /^-\w*i/.test(shownOf(w))))
    command.mark('shell')
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
