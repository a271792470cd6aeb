// Where does the body of a message lead, other than to ordinary addresses of the web? Shares and files make the reader's
// program send its credentials, and protocols of programs start them.
import type { ItemWriter } from '../item.ts'

const unusual =
  /(?:\bfile:|\bmhtml:|\bms-[a-z-]{2,40}:|\bsearch-ms:|\bmk:@|(?<![\\\w]|\b[a-z]:)\\\\[\w.-]{1,255}(?:@[\w.-]{1,64})?\\)[^\s"'<>]{0,2048}/gi
const maxLinks = 256
/** UTF-16 units of a body that are looked through. */
const maxBody = 2 * 1024 * 1024

/** `told` hears what a bound cuts, in words. */
export function unusualLinks(
  text: string,
  told: (cut: string) => void,
): readonly { readonly at: number; readonly target: string }[] {
  const found: { at: number; target: string }[] = []
  for (const match of text.slice(0, maxBody).matchAll(unusual)) {
    if (found.length >= maxLinks) {
      told(`over ${maxLinks} unusual links in a body; the rest is not told`)
      break
    }
    found.push({ at: match.index, target: match[0] })
  }
  if (text.length > maxBody) {
    told(`a body of over ${maxBody} characters; its links were not looked for`)
  }
  return found
}

export function tellLinks(
  text: string,
  {
    writer,
    part,
    offset,
  }: { writer: ItemWriter; part: string; offset?: number },
): void {
  const cut = (what: string) => writer.bound(what, part, offset)
  for (const { at, target } of unusualLinks(text, cut)) {
    writer.add({
      kind: 'link',
      part,
      ...(offset !== undefined && { offset }),
      position: `character ${at}`,
      text: target,
      target,
      targetMode: 'external',
      around: text.slice(Math.max(0, at - 100), at + target.length + 100),
    })
  }
}
