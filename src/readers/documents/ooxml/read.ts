// Reads a package: what every kind of it has (relations to the outside, embedded objects, macros), and then what its
// application keeps in it.
import type { Package, ReaderOptions } from '../../reader.ts'
import { ItemWriter } from '../item.ts'
import { decodeXml, maxPartBytes } from '../xml.ts'
import type { Ooxml } from './document.ts'
import { readEmbedded } from './embedded.ts'
import { kindOfFolders, kindOfMain } from './kinds.ts'
import { assignedMacros } from './macros.ts'
import { ContentTypes, contentTypesPart, OpenedPackage } from './opened.ts'
import {
  externalItem,
  readRelations,
  type Relation,
  relatedPart,
} from './relations.ts'

export async function readOoxml(
  given: Package,
  options: ReaderOptions,
): Promise<void> {
  const listed = given.members.find(
    (m) => m.name.toLowerCase() === contentTypesPart.toLowerCase(),
  )
  const bytes = listed && (await given.read(listed.name, maxPartBytes))
  const problems: string[] = []
  const types = new ContentTypes()
  if (bytes) types.read(decodeXml(bytes), (p) => problems.push(p))
  const opened = new OpenedPackage(given, types)
  await readPackage(opened, options, problems)
}

export async function readPackage(
  opened: OpenedPackage,
  options: ReaderOptions,
  problems: readonly string[],
): Promise<void> {
  const { parts } = opened
  const main = parts.find((p) => kindOfMain(p.contentType))
  const kind =
    kindOfMain(main?.contentType ?? '') ??
    kindOfFolders(parts.map((p) => p.name))
  if (!kind) {
    options.sink.damaged({
      what: 'package',
      offset: options.start ?? 0,
      message: 'a package of no kind that is known here; it was not read',
    })
    return
  }
  const writer = new ItemWriter(kind.format, options)
  for (const p of problems) writer.damaged(p, contentTypesPart)
  const relations = await readAllRelations(opened, writer)
  const document: Ooxml = { opened, writer, relations }
  switch (kind.application) {
    case 'word': {
      const { readWord } = await import('./word/read.ts')
      await readWord(document, main?.name)
      break
    }
    case 'excel': {
      await readBook(document, kind.format === 'xlsb', main?.name)
      break
    }
    case 'powerpoint': {
      const { readPowerPoint } = await import('./powerpoint.ts')
      await readPowerPoint(document)
      break
    }
    case 'visio': {
      const { readVisio } = await import('./visio.ts')
      await readVisio(document)
      break
    }
  }
  for (const { name } of parts) {
    if (/^customUI\/[^/]*\.xml$/i.test(name))
      await assignedMacros(document, name)
  }
  await readEmbedded(document)
}

async function readBook(
  document: Ooxml,
  isBinary: boolean,
  main: string | undefined,
): Promise<void> {
  if (isBinary) {
    const { readBinaryExcel } = await import('./excel/binary-workbook.ts')
    await readBinaryExcel(document, main)
  } else {
    const { readExcel } = await import('./excel/read.ts')
    await readExcel(document, main)
  }
  const { readQueries } = await import('./excel/data-mashup.ts')
  await readQueries(document)
}

async function readAllRelations(
  opened: OpenedPackage,
  writer: ItemWriter,
): Promise<ReadonlyMap<string, readonly Relation[]>> {
  const all = new Map<string, readonly Relation[]>()
  for (const { name } of opened.parts) {
    const of = relatedPart(name)
    const xml = of === undefined ? undefined : await opened.xml(name)
    if (of === undefined || !xml) continue
    const relations = readRelations(xml, (p) => writer.damaged(p, name))
    all.set(of, relations)
    for (const r of relations) {
      if (r.isExternal) writer.add(externalItem(name, r))
    }
  }
  return all
}
