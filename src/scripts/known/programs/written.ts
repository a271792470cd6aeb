// Files that the script wrote, or that it is itself, where they are run.
import type { Command } from '../../fold/call.ts'
import { type Language, languageOfName } from '../../language.ts'

/** `language`: where its name need not tell. */
export function runFile(
  command: Command,
  file: string | undefined,
  language?: Language,
): void {
  const content = file ? command.session.peek(file) : undefined
  const own = language ?? languageOfName(file?.replace('?.', '.') ?? '')
  if (!content || !own) return
  command.session.file(file!)
  command.script(content, own)
}
