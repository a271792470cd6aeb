// A publication of Publisher (.pub): where its links lead. Its format is not published: addresses are looked for in the stream that holds its
// texts and links; macros and objects lie in it as in any compound file.
import type { OpenedCompound } from './opened.ts'

/** Of one stream. */
const maxLinks = 1_000
const address =
  /(?:(?:https?|ftp|file|mailto|mhtml|ms-\w{1,32}):[^\s"<>\p{Cc}]{3,2000}|\\\\[\w.@-]{1,255}\\[^\s"<>\p{Cc}]{1,1000})/giu

export function readPublisher(
  { file, writer }: OpenedCompound,
  path: string,
): void {
  const stream = file.read(path)
  const seen = new Set<string>()
  // Texts begin at even and at odd bytes.
  for (const from of [0, 1]) {
    const text = stream.toString('utf16le', from)
    for (const { 0: target, index } of text.matchAll(address)) {
      if (seen.has(target) || seen.size >= maxLinks) continue
      seen.add(target)
      const offset = file.offsetOf(stream, from + index * 2)
      writer.add({
        kind: 'link',
        part: path,
        relation: 'hyperlink',
        text: target,
        target,
        targetMode: 'external',
        ...(offset !== undefined && { offset }),
      })
    }
  }
}
