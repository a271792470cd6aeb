// What a rule says about itself, as the keys of a document again: what `head.ts` reads. Keys that only this product knows stay,
// since other readers of Sigma keep what they do not know.
import type { CustomValue, RuleMeta } from '../ir/rule.ts'

export interface WrittenHead {
  /** In front of the logic. */
  readonly before: Readonly<Record<string, CustomValue>>
  /** Behind it. */
  readonly after: Readonly<Record<string, CustomValue>>
}

/** `shown`: the key that names the fields to be shown. */
export function writeHead(meta: RuleMeta, shown: string): WrittenHead {
  const before = {
    title: meta.title,
    id: meta.id,
    name: meta.name,
    status: meta.status,
    description: meta.description,
    references: listed(meta.references),
    author: meta.author,
    date: meta.date,
    modified: meta.modified,
    tags: listed(tagsOf(meta)),
  }
  const after = {
    falsepositives: listed(meta.falsePositives),
    level: meta.level,
    [shown]: listed(meta.fields),
    mitigations: listed(meta.mitigations),
    restates: listed(meta.restates),
    counted: listed(meta.counted),
    ...meta.custom,
  }
  return { before: given(before), after: given(after) }
}

/** A search may name techniques beside its tags; Sigma knows tags alone. */
function tagsOf({ tags, techniques }: RuleMeta): readonly string[] {
  const named = techniques.map((t) => `attack.${t.toLowerCase()}`)
  return [...new Set([...tags, ...named])]
}

function listed(list: readonly string[] = []): readonly string[] | undefined {
  return list.length ? list : undefined
}

function given(
  map: Readonly<Record<string, CustomValue | undefined>>,
): Readonly<Record<string, CustomValue>> {
  const there = Object.entries(map).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as Record<string, CustomValue>
}
