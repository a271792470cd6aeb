// A word in the place of a command that is none. Asked before commander parses, for which `--help` beside it hides the mistake.
import type { Command } from 'commander'

import { didYouMean } from '../base/did-you-mean.ts'

export interface UnknownCommand {
  readonly word: string
  /** Of the commands that there are. */
  readonly message: string
}

export function unknownCommand(
  command: Command,
  words: readonly string[],
  path = command.name(),
): UnknownCommand | undefined {
  const [word, ...rest] = words
  const isGroup =
    command.commands.length > 0 && command.registeredArguments.length === 0
  if (!isGroup || word === undefined || word.startsWith('-')) return undefined
  if (word === 'help') return unknownCommand(command, rest, path)
  const found = command.commands.find((c) => c.name() === word)
  if (found) return unknownCommand(found, rest, `${path} ${word}`)
  const names = command.commands.map((c) => c.name())
  const near = didYouMean(word, names)
  const message = `unknown command "${word}"${near && `; ${near}`}\ncommands of "${path}" are ${names.join(', ')}`
  return { word, message }
}
