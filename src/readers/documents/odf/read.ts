// Reads an OpenDocument: its parts of XML, libraries of macros, embedded objects; what is encrypted is said.
// OASIS OpenDocument 1.3 part 2 (packages): 3.4 (encryption), 4 (manifest).
import type { Package, ReaderOptions } from '../../reader.ts'
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import { decodeXml, maxPartBytes, scanPart } from '../xml.ts'
import { OdfContent } from './content.ts'
import { OdfMacros, readLibrary } from './macros.ts'

/** Behind `application/vnd.oasis.opendocument.`. */
const formats: Readonly<Record<string, DocumentFormat>> = {
  text: 'odt',
  'text-template': 'ott',
  'text-master': 'odt',
  'text-web': 'odt',
  spreadsheet: 'ods',
  'spreadsheet-template': 'ots',
  presentation: 'odp',
  'presentation-template': 'otp',
  graphics: 'odg',
  formula: 'odf',
}

/** Of the type of the document, in bytes. */
const maxTypeBytes = 256

export async function readOdf(
  opened: Package,
  options: ReaderOptions,
): Promise<void> {
  const manifest = await readManifest(opened)
  const stated = await opened.read('mimetype', maxTypeBytes)
  const type = stated?.toString('latin1').trim() || manifest.type
  const key = type.replace(/^application\/vnd\.oasis\.opendocument\./, '')
  const format = Object.hasOwn(formats, key) ? formats[key]! : 'odf'
  const writer = new ItemWriter(format, options)
  for (const p of manifest.problems) writer.damaged(p, manifestPart)
  if (manifest.encrypted.size > 0) {
    writer.add({
      kind: 'encrypted',
      part: [...manifest.encrypted][0]!,
      text: `encrypted, not inspected: ${manifest.encrypted.size} parts`,
    })
    writer.damaged('encrypted, not inspected', '')
  }
  const macros = new OdfMacros(writer)
  for (const { name } of opened.members) {
    if (!manifest.encrypted.has(name))
      await readPart(opened, name, { writer, macros })
  }
  await macros.tell('Basic/modules')
}

const manifestPart = 'META-INF/manifest.xml'

async function readManifest(opened: Package) {
  const encrypted = new Set<string>()
  const problems: string[] = []
  let type = ''
  let path = ''
  const bytes = await opened.read(manifestPart, maxPartBytes)
  if (!bytes) return { encrypted, problems, type }
  scanPart(
    decodeXml(bytes),
    {
      open(name, attributes) {
        if (name === 'file-entry') {
          path = attributes.get('full-path') ?? ''
          if (path === '/') type = attributes.get('media-type') ?? ''
        } else if (name === 'encryption-data') encrypted.add(path)
      },
    },
    (p) => problems.push(p),
  )
  return { encrypted, problems, type }
}

/** Parts of XML that are looked at: of the document and of objects in it. */
const contentPart =
  /^(?:.*\/)?(?:(?:content|styles|settings|meta)\.xml|Configurations2\/.+\.xml)$/i
const libraryPart = /^(?:.*\/)?(?:Basic|Dialogs)\/.*\.x(?:ml|ba|dl|lb|lc)$/i
const scriptPart = /^(?:.*\/)?Scripts\/.+\.\w+$/i
/** Binary objects are members without an ending. */
const objectPart = /^(?:.*\/)?(?:Object \d+|ObjectReplacements\/.+)$/i

async function readPart(
  opened: Package,
  name: string,
  told: { readonly writer: ItemWriter; readonly macros: OdfMacros },
) {
  const { writer, macros } = told
  if (contentPart.test(name) || libraryPart.test(name)) {
    const bytes = await opened.read(name, maxPartBytes)
    const xml = bytes && decodeXml(bytes)
    if (!xml) return
    if (libraryPart.test(name)) readLibrary(xml, name, told)
    else await new OdfContent(name, xml, writer, macros).read()
  } else if (scriptPart.test(name) || objectPart.test(name)) {
    if (name.startsWith('ObjectReplacements/')) return
    const bytes = await opened.read(name, maxPartBytes)
    if (!bytes) return
    const kind = scriptPart.test(name) ? 'macro' : 'object'
    const fileName = name.split('/').at(-1)!
    writer.add({ kind, part: name, text: name, fileName })
    await writer.inside(name, bytes)
  }
}
