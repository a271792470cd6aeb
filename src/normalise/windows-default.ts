// Windows events of a provider without a table of its own: fields stay as they are, only the product is known.
import { logSource } from '../event/log-source.ts'

import { flatPlan } from './flat.ts'
import type { ProviderNormaliser } from './provider.ts'

const windowsSource = logSource('windows', undefined, undefined)

export const windowsDefault: ProviderNormaliser = {
  applies: (p) => p.family === 'windows',
  plan: (shape) => ({ ...flatPlan(shape), logSource: windowsSource }),
}
