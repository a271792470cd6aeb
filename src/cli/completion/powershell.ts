// Completion for PowerShell 5.1 and later. Names of files come from PowerShell itself, where this offers nothing.
import type { CompletedCommand } from './table.ts'

export function powershellScript(
  commands: readonly CompletedCommand[],
): string {
  return `# ipcwatch completion powershell
Register-ArgumentCompleter -Native -CommandName ipcwatch -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${commands.map(wordsOf).join('\n')}
  }
  $values = @{
${commands.flatMap(valuesOf).join('\n')}
  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
  $place = ''
  foreach ($word in $typed) { if ($words.ContainsKey("$place $word")) { $place = "$place $word" } }
  $last = if ($typed.Count) { $typed[-1] } else { '' }
  $offered = if ($values.ContainsKey("$place $last")) { $values["$place $last"] } else { $words[$place] }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}

function keyOf({ path }: CompletedCommand): string {
  return path.map((word) => ` ${word}`).join('')
}

function listed(words: readonly string[]): string {
  return `@(${words.map((w) => `'${w}'`).join(', ')})`
}

function wordsOf(command: CompletedCommand): string {
  const names = command.below.map((b) => b.name)
  const flags = command.options.flatMap((o) => o.flags)
  return `    '${keyOf(command)}' = ${listed([...names, ...flags])}`
}

function valuesOf(command: CompletedCommand): string[] {
  return command.options
    .filter((o) => o.takesValue)
    .flatMap(({ flags, values }) =>
      flags.map((f) => `    '${keyOf(command)} ${f}' = ${listed(values)}`),
    )
}
