// What a reader finds within its source (an attachment, an embedded object) is read as a member of an archive is: under the
// same bounds, counted over all layers.
import type { Inside } from '../reader.ts'
import { LimitReached, maxContainerDepth } from './budget.ts'
import type { Context } from './context.ts'
import { printableName } from './member.ts'

/** Of the source that is labelled `file`. */
export function insideOf(context: Context, file: string): Inside {
  return async (name, bytes, how) => {
    const shown = printableName(name)
    const member = {
      file: `${file}!${shown}`,
      name: shown.split(/[\\/]/).at(-1)!,
      start: 0,
      linesBefore: 0,
      ...(how && { isSpare: true as const }),
    }
    const refuse = (message: string) =>
      context.visitor.problem({ file: member.file, kind: 'limit', message })
    if (context.depth >= maxContainerDepth) {
      refuse(`a document within ${maxContainerDepth} others was not read`)
      return
    }
    try {
      context.budget.member()
      context.budget.expanded(bytes.length)
      const flow = context.deeper().inside(member)
      await flow.write(bytes)
      await flow.end()
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      refuse(error.message)
    }
  }
}
