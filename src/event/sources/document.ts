// What is told of documents: one event an item (a field, a link, an embedded object, a formula, a macro).
import type { NamedSource } from './source.ts'

export const documentCategory = 'document_item'

export const documentSource: NamedSource = {
  selector: { category: documentCategory },
  sourcetypes: ['document'],
}
