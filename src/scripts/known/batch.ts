// Commands of cmd.exe and of batch files.
import type { Command, KnownCommand } from '../fold/call.ts'
import { isOpenShell, ofPipe } from '../fold/flow.ts'
import { plainWords } from '../fold/functions/shell.ts'
import {
  list,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { pipeOf, tellFile, tellPipe } from './places.ts'
import { programs } from './programs/index.ts'
import { runFile } from './programs/written.ts'

const quiet = new Set(
  'cd chdir cls color date dir del erase echo endlocal exit find findstr ftype goto if mode md mkdir more path pause popd prompt pushd rd ren rename rmdir setlocal shift sort taskkill tasklist time timeout title tree type ver verify vol where whoami ping ipconfig hostname systeminfo net attrib icacls chcp robocopy assoc netstat set for do else rem nslookup choice sleep fsutil query gpupdate takeown'.split(
    ' ',
  ),
)

const own: Readonly<Record<string, KnownCommand>> = {
  echo: (command) => text(`${command.words.map(shownOf).join(' ')}\r\n`),
  type: (command) => {
    const path = shownOf(command.words[0])
    tellFile(command, path, false)
    return unknown(`content of ${path}`, pipeOf(path) ? ofPipe : 0)
  },
}

function redirected(command: Command): void {
  for (const word of command.words) {
    if (word.kind !== 'list') continue
    const sign = textOf(word.items[0]) ?? ''
    const path = shownOf(word.items[1])
    if (/[<>]/.test(sign) && path && !/^nul$/i.test(path))
      tellFile(command, path, sign.includes('>'))
    // Whoever writes into the pipe says what the shell does.
    const line = command.words.filter((w) => w.kind !== 'list').map(shownOf)
    const isShell = isOpenShell([command.name, ...line].join(' '))
    if (!sign.startsWith('<') || !isShell) continue
    if (pipeOf(path)) command.script(unknown('received', ofPipe), undefined)
    else command.script(command.session.file(path), 'batch')
  }
}

/** Commands whose words are files that they open. */
const opensWords =
  /^(?:copy|xcopy|more|find|findstr|fc|comp|replace|move|print|certutil|sort)$/

export function batchCommand(given: string): KnownCommand {
  const name = /^echo[.:;,(/\\[\]+=]/.test(given)
    ? 'echo'
    : given.replace(/\.(?:cmd|bat)$/, '')
  return (command) => {
    const words = plainWords(command.words)
    const known = Object.hasOwn(own, name)
      ? own[name]
      : Object.hasOwn(programs, name)
        ? programs[name]
        : undefined
    const made = known
      ? known(command.with({ name, words }))
      : other(command, name, words)
    if (opensWords.test(name))
      for (const word of words) tellPipe(command, 'pipe_client', shownOf(word))
    redirected(command)
    return made
  }
}

function other(
  command: Command,
  name: string,
  words: readonly Value[],
): Value | undefined {
  const { program, first } = command
  runFile(command, program)
  if (!program || (quiet.has(name) && !first?.via) || /^[:)]/.test(program))
    return unknown(`${name} output`)
  if (/[\\/.]/.test(program) || first?.via)
    command.commandLine(
      words.length
        ? list([text(program, first?.via ?? 0), ...words])
        : text(program, first?.via ?? 0),
    )
  return unknown(`${name} output`)
}
