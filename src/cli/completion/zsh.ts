// Completion for zsh, with what each word is for beside it.
import type { CompletedCommand } from './table.ts'

export function zshScript(commands: readonly CompletedCommand[]): string {
  const paths = commands
    .filter((c) => c.path.length)
    .map((c) => quoted(keyOf(c)))
  return `#compdef ipcwatch
_ipcwatch() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" place="" i
  local -a described
  for ((i = 2; i < CURRENT; i++)); do
    case "$place \${words[i]}" in
      ${paths.join('|')}) place="$place \${words[i]}" ;;
    esac
  done
  case "$place $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$place" in
${commands.map(wordCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _ipcwatch ]; then _ipcwatch "$@"; else compdef _ipcwatch ipcwatch; fi
`
}

function keyOf({ path }: CompletedCommand): string {
  return path.map((word) => ` ${word}`).join('')
}

function quoted(text: string): string {
  return `'${text}'`
}

function valueCases(command: CompletedCommand): string[] {
  return command.options
    .filter((o) => o.takesValue)
    .map(({ flags, values }) => {
      const keys = flags.map((f) => quoted(`${keyOf(command)} ${f}`)).join('|')
      const reply = values.length ? `compadd -- ${values.join(' ')}` : '_files'
      return `    ${keys}) ${reply}; return ;;`
    })
}

function wordCase(command: CompletedCommand): string {
  const flags = command.options.flatMap(({ flags: all, what }) =>
    all.map((f) => quoted(`${f}:${what}`)),
  )
  const names = command.below.map(({ name, what }) => quoted(`${name}:${what}`))
  const words = names.length
    ? `described=(${names.join(' ')}); _describe command described`
    : '_files'
  return `    ${quoted(keyOf(command))})
      if [[ "$cur" == -* ]]; then
        described=(${flags.join(' ')}); _describe option described
      else ${words}; fi ;;`
}
