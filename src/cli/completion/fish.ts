// Completion for fish 3 and later: a line for each word.
import type { CompletedCommand } from './table.ts'

export function fishScript(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter((c) => c.path.length).map(keyOf)
  return `# ipcwatch completion fish
function __ipcwatch_is_at
  set -l place ""
  for word in (commandline -opc)[2..-1]
    if contains -- "$place $word" ${paths.map((p) => `'${p}'`).join(' ')}
      set place "$place $word"
    end
  end
  test "$place" = "$argv[1]"
end
${commands.flatMap(lines).join('\n')}
`
}

function keyOf({ path }: CompletedCommand): string {
  return path.map((word) => ` ${word}`).join('')
}

function lines(command: CompletedCommand): string[] {
  const head = `complete -c ipcwatch -n "__ipcwatch_is_at '${keyOf(command)}'"`
  const below = command.below.map(
    ({ name, what }) => `${head} -f -a ${name} -d '${what}'`,
  )
  const options = command.options.map(({ flags, takesValue, values, what }) => {
    const named = flags.map((f) =>
      f.startsWith('--') ? `-l ${f.slice(2)}` : `-s ${f.slice(1)}`,
    )
    const value = values.length ? ` -x -a '${values.join(' ')}'` : ' -r'
    return `${head} ${named.join(' ')}${takesValue ? value : ''} -d '${what}'`
  })
  return [...below, ...options]
}
