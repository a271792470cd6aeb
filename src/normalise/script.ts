// Actions of scripts: whoever reads them names their parts as the schema does.
import { logSource } from '../event/log-source.ts'
import { scriptCategory } from '../event/sources/script.ts'

import type { ProviderNormaliser } from './provider.ts'

/** Family `script`: the provider is the language, the id the kind of action. */
export const script: ProviderNormaliser = {
  applies: (p) => p.family === 'script',
  plan: (_, p) => ({
    add: [],
    logSource: logSource(undefined, [scriptCategory], [p.provider]),
  }),
}
