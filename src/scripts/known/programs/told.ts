// What is told of every program: that it is started; and which of them are shells.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { shownOf, unknown } from '../../fold/value.ts'

export const shells =
  /^(?:ba|da|z|k|c|tc)?sh$|^cmd$|^powershell$|^pwsh$|^busybox$/

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
