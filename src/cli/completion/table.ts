// What can be typed behind `ipcwatch`? Read off the commands themselves, so that no completion can differ from `--help`.
import type { Command, Option } from 'commander'

export interface CompletedOption {
  /** As typed: `-o`, `--output`. */
  readonly flags: readonly string[]
  readonly takesValue: boolean
  /** The values that there are; empty: any, mostly a file. */
  readonly values: readonly string[]
  readonly what: string
}

export interface CompletedCommand {
  /** As typed behind `ipcwatch`; empty for `ipcwatch` itself. */
  readonly path: readonly string[]
  readonly what: string
  /** Commands, or the values of an argument that takes only some. */
  readonly below: readonly { readonly name: string; readonly what: string }[]
  readonly options: readonly CompletedOption[]
}

/** The command, and all below it. */
export function completedCommands(
  command: Command,
  path: readonly string[] = [],
): CompletedCommand[] {
  const help = command.createHelp()
  const commands = command.commands.map((c) => ({
    name: c.name(),
    what: firstSentence(c.description()),
  }))
  const values = command.registeredArguments
    .flatMap((a) => a.argChoices ?? [])
    .map((name) => ({ name, what: name }))
  const own: CompletedCommand = {
    path,
    what: firstSentence(command.description()),
    below: [...commands, ...values],
    options: help.visibleOptions(command).map(completedOption),
  }
  const others = command.commands.flatMap((c) =>
    completedCommands(c, [...path, c.name()]),
  )
  return [own, ...others]
}

function completedOption(option: Option): CompletedOption {
  const { short, long, required, optional, argChoices, description } = option
  return {
    flags: [short, long].filter((f) => f !== undefined),
    takesValue: required || optional,
    values: argChoices ?? [],
    what: firstSentence(description),
  }
}

/** Shells show one line beside a word; none of these characters means anything there to any of them. */
function firstSentence(text: string): string {
  const [first = ''] = text.split(/[;:(.]/)
  return first.replaceAll(/[^\w ,/-]/g, '').trim()
}
