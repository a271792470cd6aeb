// Items of documents: readers name their parts as the schema does.
import { logSource } from '../event/log-source.ts'
import { documentCategory } from '../event/sources/document.ts'

import type { ProviderNormaliser } from './provider.ts'

/** Family `document`: the provider is the format, the channel its family, the id the kind of item. */
export const document: ProviderNormaliser = {
  applies: (p) => p.family === 'document',
  plan: (_, p) => ({
    add: [],
    logSource: logSource(undefined, [documentCategory], [p.channel]),
  }),
}
