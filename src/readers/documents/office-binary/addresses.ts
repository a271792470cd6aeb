// Addresses in streams whose format is not published: whatever stands around it, an address is text.
import type { OpenedCompound } from './opened.ts'

/** Of one document. */
const maxLinks = 1_000
const address =
  /(?:(?:https?|ftp|file|mailto|mhtml|ms-\w{1,32}|search(?:-ms)?):[^\s"<>\p{Cc}]{3,2000}|\\\\[\w.@-]{1,255}\\[^\s"<>\p{Cc}]{1,1000}|\b[a-z]:\\[^"<>|\p{Cc}]{1,1000}?\.(?:exe|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|scr|msi|cpl)\b)/giu

export class Addresses {
  readonly #writer: OpenedCompound['writer']
  readonly #part: string
  readonly #seen = new Set<string>()

  constructor(writer: OpenedCompound['writer'], part: string) {
    this.#writer = writer
    this.#part = part
  }

  /** `offsetOf`: of a byte of the stream in the source, where it stands there as it is. */
  tell(
    stream: Buffer,
    isWide: boolean,
    offsetOf: (at: number) => number | undefined,
  ): void {
    if (!isWide) this.#tell(stream.toString('latin1'), offsetOf)
    else {
      // Texts begin at even and at odd bytes.
      for (const from of [0, 1]) {
        const text = stream.toString('utf16le', from)
        this.#tell(text, (unit) => offsetOf(from + unit * 2))
      }
    }
  }

  #tell(text: string, offsetOf: (unit: number) => number | undefined) {
    for (const { 0: target, index } of text.matchAll(address)) {
      if (this.#seen.has(target) || this.#seen.size >= maxLinks) continue
      this.#seen.add(target)
      const offset = offsetOf(index)
      this.#writer.add({
        kind: 'link',
        part: this.#part,
        relation: 'hyperlink',
        text: target,
        target,
        targetMode: 'external',
        ...(offset !== undefined && { offset }),
      })
    }
  }
}
