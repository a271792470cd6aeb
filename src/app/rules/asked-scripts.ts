// Does a rule ask what scripts do? Then script that stands in logs and on command lines is read too.
import { scriptCategory } from '../../event/sources/script.ts'

import { textsAsked } from '../../ir/demand.ts'
import type { DetectionRule } from '../../ir/rule.ts'

export function asksScripts({
  logSource,
  condition,
}: Pick<DetectionRule, 'logSource' | 'condition'>): boolean {
  return (
    logSource.category === scriptCategory ||
    (textsAsked(condition, 'category')?.has(scriptCategory) ?? false)
  )
}
