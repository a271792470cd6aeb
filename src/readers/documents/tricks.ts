// How does the text of an item hide what it does from people who glance at it, and from patterns?
/** Blanks that push the rest out of a prompt's window. */
const padding = /\s{24}\S/
const pathWalk = /[\\/]\.\.[\\/]/
/** `^` escapes nothing in `p^ow^er`; cmd.exe drops it. */
const caret = /[a-z]\^+[a-z]/i
const encoded = /\s-e(?:n?c?|nco\w*)\s+[A-Za-z\d+/=]{24}/i
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/

export function tricksIn(text: string): readonly string[] {
  const found: string[] = []
  if (padding.test(text)) found.push('padding')
  if (pathWalk.test(text)) found.push('path')
  if (caret.test(text)) found.push('caret')
  if (encoded.test(text)) found.push('encoded')
  if (invisible.test(text)) found.push('invisible')
  return found
}
