// What a function of the library changes where it lies, in a way that is not followed: what is in it is not known from there on.
import { unknown, type Value } from './value.ts'

/** Methods of lists and tables, and functions that are given one first. */
const changing =
  /(?:^|\.)(?:a?k?u?r?sort|sort_by|natsort|natcasesort|shuffle|remove|clear|update|setdefault|popitem|delete|delete_at|delete_if|keep_if|fill|replace|array_unshift|array_splice|splice|unset|push|unshift|insert|move|store)!?$|!$/

export function forgetChanged(
  paths: readonly string[],
  receiver: Value | undefined,
  args: readonly Value[],
): void {
  if (!paths.some((path) => changing.test(path))) return
  const [first] = args
  const held = isHeld(receiver) ? receiver : first
  if (held?.kind === 'list') held.items.splice(0, held.items.length, unknown())
  else if (held?.kind === 'object' && held.type === 'map') held.entries.clear()
}

function isHeld(value: Value | undefined): boolean {
  return (
    value?.kind === 'list' || (value?.kind === 'object' && value.type === 'map')
  )
}
