// `/[;,)]+$/` tries every place where its characters stand, and looks from each as far as they go: of a text of them alone that is the
// square of its length. Looking from the end is not.

/** Without the characters at its end that are some of these. */
export function withoutTail(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}
