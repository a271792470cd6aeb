// A package written as one file of XML ("flat OPC"): its parts are elements. They are given as parts of a zip are.
// [MS-DOCX] 2.1, ECMA-376 part 2 (`pkg:package`).
import { ContentTypes, OpenedPackage } from '../ooxml/opened.ts'
import { scanPart, type XmlText } from '../xml.ts'

/** Parts of one package. */
const maxParts = 10_000

export function flatPackage(xml: XmlText): {
  readonly opened: OpenedPackage
  readonly problems: readonly string[]
} {
  const types = new ContentTypes()
  let lost = 0
  const parts = new Map<string, () => Buffer>()
  const problems: string[] = []
  let name = ''
  let depth = 0
  let from = 0
  let binary: string[] | undefined
  scanPart(
    xml,
    {
      open(element, attributes, at) {
        if (element === 'part' && depth === 0) {
          name = attributes.get('name') ?? ''
          types.set(name, attributes.get('contentType') ?? '')
        } else if (element === 'xmlData' && depth++ === 0) {
          from = xml.text.indexOf('>', at) + 1
        } else if (element === 'binaryData') binary = []
      },
      text(text) {
        binary?.push(text)
      },
      close(element, at) {
        if (parts.size >= maxParts) {
          lost++
          return
        }
        if (element === 'xmlData' && --depth === 0) {
          const [start, end] = [from, at]
          parts.set(name, () => Buffer.from(xml.text.slice(start, end)))
        } else if (element === 'binaryData' && binary) {
          const bytes = Buffer.from(binary.join(''), 'base64')
          parts.set(name, () => bytes)
          binary = undefined
        }
      },
    },
    (p) => problems.push(p),
  )
  if (lost > 0)
    problems.push(`parts behind the first ${maxParts} were not read`)
  const opened = new OpenedPackage(
    {
      members: [...parts.keys()].map((n) => ({ name: n, size: 0 })),
      read: async (n, maxBytes) => {
        const bytes = parts.get(n)?.()
        return bytes && bytes.length <= maxBytes ? bytes : undefined
      },
    },
    types,
  )
  return { opened, problems }
}
