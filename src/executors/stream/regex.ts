// How a rule's regular expression is run: translated for V8.
import type { Regex } from '../../ir/predicate.ts'

export type RegexTest = (text: string) => boolean

export type CompiledRegex =
  | { readonly kind: 'regex'; readonly test: RegexTest }
  | { readonly kind: 'refused'; readonly reason: string }

export function compileRegex(
  source: string,
  flags: Regex['flags'],
): CompiledRegex {
  const letters = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}`
  try {
    const inline = /^\(\?([ims]+)\)/.exec(source)
    const regex = inline
      ? new RegExp(
          source.slice(inline[0].length),
          [...new Set(letters + inline[1])].join(''),
        )
      : new RegExp(source, letters)
    return { kind: 'regex', test: (text) => regex.test(text) }
  } catch (error) {
    return { kind: 'refused', reason: (error as Error).message }
  }
}

/** Texts one of which every match holds; undefined where none is known. */
export function requiredLiterals(
  _source: string,
  _flags: Regex['flags'],
): string[] | undefined {
  return undefined
}
