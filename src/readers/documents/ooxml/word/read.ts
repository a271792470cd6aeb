// Word: fields of the document and of every part that holds text (headers, footers, notes, comments, building blocks), the
// names that they use, objects and controls.
import { FieldStory } from '../../fields/story.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import type { Part } from '../opened.ts'
import { BoundData } from './bound-data.ts'
import { WordText } from './text.ts'

/** Parts that hold no text and no fields. */
const withoutText =
  /(?:theme|styles|stylesWithEffects|fontTable|webSettings|numbering|relationships|chart|drawing|diagram\w*|core-properties|extended-properties|custom-properties|customXmlProperties|vmlDrawing)\+xml$/i

/** Of a name, in UTF-16 units, so much is looked at. */
const maxUsualName = 64
/** As Word and others name such parts. */
const usualName =
  /(?:theme|styles|effects|fontTable|webSettings|numbering|chart|drawing|diagram|data|layout|quickStyle|colors|props|rels)[^/]*\.(?:xml|vml|rels)$/i

export async function readWord(
  document: Ooxml,
  main: string | undefined,
): Promise<void> {
  const { opened, writer } = document
  const story = new FieldStory()
  await readProperties(document, story)
  const names = opened.parts
    .filter((p) => isText(p) || p.name === main)
    .map((p) => p.name)
  // The main part comes first, as a user reads.
  names.sort((a, b) => Number(b === main) - Number(a === main))
  let data: BoundData | undefined
  for (const name of names) {
    const xml = await opened.xml(name)
    if (!xml) continue
    if (xml.text.includes('dataBinding')) data ??= await BoundData.of(document)
    const boundTo = data && ((path: string) => data!.value(path))
    const given = { writer, ...(boundTo && { boundTo }) }
    const text = new WordText(given, story, name, (at) => xml.offsetOf(at))
    scanPart(xml, text, (p) => writer.damaged(p, name))
    text.finish()
  }
  story.tell(writer)
}

/** What the package says of a part is its author's word: one that is called XML is read whatever is said. */
function isText({ name, contentType }: Part): boolean {
  if (/^(?:_rels|docProps|customXml|\[Content)/i.test(name)) return false
  if (
    withoutText.test(contentType) &&
    usualName.test(name.slice(-maxUsualName))
  )
    return false
  return /[+/]xml$/i.test(contentType) || /\.xml$/i.test(name)
}

const propertyParts = /^docProps\/(?:core|app|custom)\.xml$/i
const propertyTypes = /(?:core|extended|custom)-properties\+xml$/i

async function readProperties(document: Ooxml, story: FieldStory) {
  const { opened, writer } = document
  for (const { name, contentType } of opened.parts) {
    const isOne = propertyParts.test(name) || propertyTypes.test(contentType)
    const xml = isOne ? await opened.xml(name) : undefined
    if (!xml) continue
    let own: string | undefined
    let depth = 0
    let text = ''
    scanPart(
      xml,
      {
        open(element, attributes) {
          depth++
          text = ''
          if (depth === 2) own = attributes.get('name') ?? known(element)
        },
        text(t) {
          text = (text + t).slice(0, maxProperty)
        },
        close() {
          depth--
          if (own !== undefined && text.trim()) {
            story.property(own, text)
            own = undefined
          }
          text = ''
        },
      },
      (p) => writer.damaged(p, name),
    )
  }
}

/** Of a property, in UTF-16 units. */
const maxProperty = 32 * 1024

/** As fields call what the parts call otherwise. */
function known(element: string): string {
  switch (element) {
    case 'creator':
      return 'author'
    case 'description':
      return 'comments'
    case 'lastModifiedBy':
      return 'lastsavedby'
    default:
      return element
  }
}
