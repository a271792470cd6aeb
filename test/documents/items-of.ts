// What the product tells of a document, given as bytes: for tests.
import type { Value } from '../../src/base/record.ts'
import { documents } from '../../src/readers/documents/index.ts'
import type { Format } from '../../src/readers/reader.ts'
import { readWith } from '../tools/read-source.ts'

export interface ItemsOf {
  /** Without the first, which is the document itself. */
  readonly items: readonly { readonly [field: string]: Value }[]
  readonly document: { readonly [field: string]: Value } | undefined
  readonly damages: readonly string[]
  readonly problems: readonly string[]
}

/** `formats`: of what lies within as well. */
export async function itemsOf(
  bytes: Buffer,
  formats: readonly Format[] = documents,
): Promise<ItemsOf> {
  const items: { [field: string]: Value }[] = []
  const damages: string[] = []
  const problems = await readWith(formats, bytes, {
    record(record) {
      const item: { [field: string]: Value } = {}
      record.shape.names.forEach((name, i) => {
        const value = record.value(i)
        if (value !== undefined) item[name] = value
      })
      items.push(item)
    },
    skipped: () => {},
    damaged: (d) => damages.push(`${d.what}: ${d.message}`),
    unknownShape: () => {},
    shapeSeen: () => {},
  })
  const isDocument = (item: object) =>
    'ItemKind' in item && item.ItemKind === 'document'
  return {
    items: items.filter((i) => !isDocument(i)),
    document: items.find(isDocument),
    damages,
    problems: problems.map((p) => `${p.file}: ${p.message}`),
  }
}
