// Text that is run as code, in whichever language.
import type { Known } from '../fold/call.ts'
import { shownOf } from '../fold/value.ts'
import type { Language } from '../language.ts'

/** `eval` and its like. */
export function evaluates(language: Language | undefined): Known {
  return (call) => {
    const code = call.args.find((a) => a.kind !== 'function')
    if (!code) return undefined
    const shown = shownOf(code)
    if (!shown) return undefined
    call.tell('evaluate', shown)
    return call.evaluate(code, language ?? call.language)
  }
}
