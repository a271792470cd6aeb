// Who normalises what: one line a provider, the first that applies is taken.
import { hints, unknown } from './flat.ts'
import type { ProviderNormaliser } from './provider.ts'
import { windows } from './windows/index.ts'

export const providers: readonly ProviderNormaliser[] = [
  windows,
  hints,
  unknown,
]
