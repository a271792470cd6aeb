// Harmless expressions of a language, made of templates by chance that a seed decides. A hole in a template, `<text>`, is filled with a literal or
// with another expression of that kind.

/** Templates of each kind; `kind:leaf` holds its literals, which `<kind:leaf>` asks for alone. */
export type Templates = Readonly<Record<string, readonly string[]>>

export type Random = () => number

/** Numbers from 0 up to 1, the same for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x45d9f3b)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)]!
}

/** Of ten holes that may be filled with an expression, those that are. */
const nestedOfTen = 4

function fill(
  templates: Templates,
  template: string,
  random: Random,
  depth: number,
): string {
  return template.replace(/<([a-z]+)(:leaf)?>/g, (hole, kind: string, leaf) => {
    const leaves = templates[`${kind}:leaf`]
    const inner = leaf ? undefined : templates[kind]
    if (!leaves && !inner) return hole
    const nests = inner && depth > 0 && random() * 10 < nestedOfTen
    return nests || !leaves
      ? fill(templates, oneOf(inner!, random), random, depth - 1)
      : fill(templates, oneOf(leaves, random), random, 0)
  })
}

/** Every template of the kinds once and again, each time with other parts in it. */
export function expressions(
  templates: Templates,
  wanted: number,
  seed: number,
): string[] {
  const random = randomFrom(seed)
  const all = Object.entries(templates).flatMap(([kind, own]) =>
    kind.endsWith(':leaf') ? [] : own,
  )
  const made = new Set<string>()
  for (let i = 0; made.size < wanted && i < wanted * 4; i++)
    made.add(fill(templates, all[i % all.length]!, random, i % 3))
  return [...made]
}
