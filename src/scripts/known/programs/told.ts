// What is told of every program: that it is started.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { shownOf, unknown } from '../../fold/value.ts'

export function tellStart(command: Command): void {
  const line = [command.program, ...command.words.map(shownOf)]
    .filter(Boolean)
    .join(' ')
  command.tell('start', line)
}

export const starts: KnownCommand = (command) => {
  tellStart(command)
  return unknown('output')
}
