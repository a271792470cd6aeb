// Completion for bash 3.2 and later, the one of macOS.
import type { CompletedCommand } from './table.ts'

export function bashScript(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter((c) => c.path.length).map((c) => keyOf(c))
  return `# ipcwatch completion bash
_ipcwatch() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  local path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${paths.map((p) => `"${p}"`).join('|')}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$path $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
${commands.map(wordCase).join('\n')}
  esac
}
complete -o default -F _ipcwatch ipcwatch
`
}

/** As the script has it: a blank before each word. */
function keyOf({ path }: CompletedCommand): string {
  return path.map((word) => ` ${word}`).join('')
}

/** An answer that is empty leaves the word to the names of files. */
function valueCases(command: CompletedCommand): string[] {
  return command.options
    .filter((o) => o.takesValue)
    .map(({ flags, values }) => {
      const keys = flags.map((f) => `"${keyOf(command)} ${f}"`).join('|')
      const reply = values.length
        ? `COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$cur")); `
        : ''
      return `    ${keys}) ${reply}return ;;`
    })
}

function wordCase(command: CompletedCommand): string {
  const flags = command.options.flatMap((o) => o.flags).join(' ')
  const names = command.below.map((b) => b.name).join(' ')
  return `    "${keyOf(command)}")
      case "$cur" in
        -*) words="${flags}" ;;
        *) words="${names}" ;;
      esac
      if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); fi ;;`
}
