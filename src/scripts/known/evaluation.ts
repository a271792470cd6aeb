// Text that is run as code, in whichever language.
import type { Known } from '../fold/call.ts'
import { shownOf } from '../fold/value.ts'
import type { Language } from '../language.ts'

/** `eval` and its like; of those that make functions of text the last argument, parameters stand before it. */
export function evaluates(
  language: Language | undefined,
  isLast = false,
): Known {
  return (call) => {
    const code = isLast
      ? call.args.at(-1)
      : call.args.find((a) => a.kind !== 'function')
    if (!code) return undefined
    const shown = shownOf(code)
    if (!shown) return undefined
    call.tell('evaluate', shown)
    return call.evaluate(code, language ?? call.language)
  }
}
