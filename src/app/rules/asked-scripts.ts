// What do rules ask of scripts? Then script that stands in logs and on command lines is read too, for what is asked and for nothing else.
import { scriptCategory } from '../../event/sources/script.ts'

import { asksCategory, textsAsked } from '../../ir/demand.ts'
import type { DetectionRule } from '../../ir/rule.ts'

type Asking = Pick<DetectionRule, 'logSource' | 'condition'>

/** Plain data: it crosses to worker threads as JSON. */
export interface AskedActions {
  /** Kinds of actions that rules ask for; absent: any. */
  readonly kinds?: readonly string[]
  /** Of these, those that are asked for only where text was hidden in a way that shows. */
  readonly hidden?: readonly string[]
}

export function asksScripts(rule: Asking): boolean {
  return asksCategory(rule, scriptCategory)
}

/** Ways to hide text that cannot be taken without being seen in it. */
const showing = new Set(['xor', 'reversal', 'rotation'])

/** Of rules that ask scripts; undefined: none does. */
export function actionsAsked(
  rules: readonly Asking[],
): AskedActions | undefined {
  if (!rules.length) return undefined
  const kinds = new Set<string>()
  const open = new Set<string>()
  for (const { condition } of rules) {
    const asked = textsAsked(condition, 'ActionKind')
    if (!asked) return {}
    const by = textsAsked(condition, 'Obfuscation')
    const shows = by !== undefined && [...by].every((b) => showing.has(b))
    for (const kind of asked) {
      kinds.add(kind)
      if (!shows) open.add(kind)
    }
  }
  return { kinds: [...kinds], hidden: [...kinds].filter((k) => !open.has(k)) }
}
