// Documents of Office since 2007: a package of XML parts (ECMA-376, ISO/IEC 29500), with or without macros, as a document,
// template, show or add-in.
import type { Package, PackageFormat } from '../../reader.ts'
import { contentTypesPart } from './opened.ts'

export const ooxml: PackageFormat = {
  name: 'ooxml',
  read: 'package',
  recognises: (names) => (hasContentTypes(names) ? 3 : 0),
  async take(opened: Package, options) {
    const { readOoxml } = await import('./read.ts')
    await readOoxml(opened, options)
  },
}

function hasContentTypes(names: ReadonlySet<string>): boolean {
  if (names.has(contentTypesPart)) return true
  const wanted = contentTypesPart.toLowerCase()
  for (const name of names) {
    if (name.length === wanted.length && name.toLowerCase() === wanted)
      return true
  }
  return false
}
