// A baseline in a file.
import { readRegularFile, reasonOf } from '../../readers/regular-file.ts'

import { baseName } from '../../base/base-name.ts'
import type { Baseline } from '../../enrich/rarity/baseline.ts'
import { readBaseline } from '../../enrich/rarity/read-baseline.ts'

import { UnusableBaseline } from './unusable.ts'

/** Bytes of a file that is read. */
const maxBytes = 256 * 1024 * 1024

/** Throws `UnusableBaseline`. */
export function baselineOf(path: string): Baseline {
  try {
    return readBaseline(
      `the baseline ${baseName(path)}`,
      linesOf(readRegularFile(path, maxBytes)),
    )
  } catch (error) {
    throw new UnusableBaseline(
      `baseline "${path}" cannot be used: ${reasonOf(error)}`,
    )
  }
}

/** Files may have gone through a system that ends lines in its own way. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const at = text.indexOf('\n', from)
    const end = at < 0 ? text.length : at
    yield text.slice(from, text[end - 1] === '\r' ? end - 1 : end)
    from = end + 1
  }
}
