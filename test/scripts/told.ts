// What is told of a text, a line an action.
import { type Language, readScript } from '../../src/scripts/index.ts'

export function told(text: string, language: Language): string[] {
  const reading = readScript(text, { language })
  return (reading?.actions ?? []).map(
    ({ kind, target, host }) => `${kind} ${target}${host ? ` on ${host}` : ''}`,
  )
}

/** How any of its text was hidden. */
export function hiddenBy(text: string, language: Language): readonly string[] {
  return readScript(text, { language })?.obfuscation ?? []
}
