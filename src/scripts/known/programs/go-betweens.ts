// Programs that start another for whoever calls them: it is not their line that matters, but the one that they are given.
// https://lolbas-project.github.io names them; ssh_config(5) has the commands of ssh.
import type { KnownCommand } from '../../fold/call.ts'
import { text, viaOf } from '../../fold/value.ts'
import { Words } from '../words.ts'

import { tellStart } from './told.ts'

/** `option`: behind which the command stands, in one word. */
const behind =
  (option: RegExp): KnownCommand =>
  (command) => {
    tellStart(command)
    command.commandLine(new Words(command.words).after(option))
    return undefined
  }

/** conhost --headless cmd /c … */
const conhost: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const from = words.shown.findIndex((w) => !/^--/.test(w))
  if (from >= 0)
    command.commandLine(text(words.rest(from), viaOf(command.words)))
  return undefined
}

/** pcalua -a program -c its arguments */
const pcalua: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const parts = [words.textAfter(/^-a$/i), words.textAfter(/^-c$/i)]
  const line = parts.filter(Boolean).join(' ')
  if (line) command.commandLine(text(line, viaOf(command.words)))
  return undefined
}

/** ssh -o ProxyCommand="…" host; LocalCommand too. */
const ssh: KnownCommand = (command) => {
  tellStart(command)
  for (const word of new Words(command.words).shown) {
    const line = /^(?:-o)?(?:Proxy|Local)Command[=\s]([\s\S]+)$/i.exec(
      word,
    )?.[1]
    if (line && !/^none$/i.test(line))
      command.commandLine(text(line, viaOf(command.words)))
  }
  return undefined
}

export const goBetweens: Readonly<Record<string, KnownCommand>> = {
  forfiles: behind(/^[-/]c$/i),
  pcalua,
  conhost,
  ssh,
  scp: ssh,
  sftp: ssh,
}
