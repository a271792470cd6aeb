// `ipcwatch completion`: a script for the shell, made of the commands.
import { Argument, Command } from 'commander'

import { print } from '../output.ts'
import { Outcome } from '../exit.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { powershellScript } from './powershell.ts'
import { type CompletedCommand, completedCommands } from './table.ts'
import { zshScript } from './zsh.ts'

type ScriptOf = (commands: readonly CompletedCommand[]) => string

const shells = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
} as const satisfies Readonly<Record<string, ScriptOf>>

export function completionCommand(): Command {
  const command = new Command('completion')
  return command
    .description('print a script that completes commands and flags in a shell')
    .addArgument(
      new Argument('<shell>', 'the shell').choices(Object.keys(shells)),
    )
    .action((shell: keyof typeof shells) => {
      print(shells[shell](completedCommands(command.parent!)).trimEnd())
      new Outcome().finish()
    })
}
