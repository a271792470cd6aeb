// OpenDocument: text, sheets, slides and drawings of LibreOffice and others, in a zip.
import type { PackageFormat } from '../../reader.ts'

export const odf: PackageFormat = {
  name: 'odf',
  read: 'package',
  recognises(names) {
    if (names.has('META-INF/manifest.xml')) return 3
    return names.has('content.xml') && names.has('mimetype') ? 3 : 0
  },
  async take(opened, options) {
    const { readOdf } = await import('./read.ts')
    await readOdf(opened, options)
  },
}
