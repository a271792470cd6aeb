// Where the fields of the System part come from, in the binary form.
import {
  isNamespace,
  numberOf,
  systemName,
  systemNumbers,
} from '../system-part.ts'
import type { ElementNode, Part } from './tree.ts'
import {
  fromParts,
  fromSlot,
  literal,
  type Source,
  sourceKind,
} from './source.ts'

/** Calls back with each field that the part can have. */
export function systemFields(
  system: ElementNode,
  base: number,
  field: (name: string, source: Source) => void,
): void {
  for (const child of system.children) {
    if (child.kind !== 'element') continue
    for (const attribute of child.attributes) {
      if (isNamespace(attribute.name)) continue
      const name = systemName(`${child.name}_${attribute.name}`)
      const source = fromParts(attribute.parts, base, undefined)
      if (source) field(name, asSystem(name, source))
    }
    const parts = child.children.filter(
      (c): c is Part => c.kind === 'text' || c.kind === 'slot',
    )
    const source = fromParts(parts, base, undefined)
    if (source) field(child.name, asSystem(child.name, source))
  }
}

function asSystem(name: string, source: Source): Source {
  if (systemNumbers.has(name)) {
    if (source.kind === sourceKind.literal && source.value !== undefined) {
      return literal(numberOf(source.value))
    }
    if (source.kind === sourceKind.slot) {
      return fromSlot(source.slot, undefined, sourceKind.number)
    }
  }
  if (name === 'Keywords' && source.kind === sourceKind.slot) {
    return fromSlot(source.slot, undefined, sourceKind.bits)
  }
  return source
}

/** Where it stands who wrote an event, which it is, and on what machine. */
export interface HeadSources {
  readonly provider: Source | undefined
  readonly channel: Source | undefined
  readonly eventId: Source | undefined
  readonly computer: Source | undefined
  readonly time: Source | undefined
}

/** undefined: the element is no event with a System part. */
export function headSources(root: ElementNode): HeadSources | undefined {
  const system = root.children.find(
    (c) => c.kind === 'element' && c.name === 'System',
  )
  return system?.kind === 'element' ? headOfSystem(system) : undefined
}

export function headOfSystem(system: ElementNode): HeadSources {
  let provider: Source | undefined
  let channel: Source | undefined
  let eventId: Source | undefined
  let computer: Source | undefined
  let time: Source | undefined
  systemFields(system, 0, (name, source) => {
    if (name === 'Provider_Name') provider ??= source
    else if (name === 'Channel') channel ??= source
    else if (name === 'EventID') eventId ??= source
    else if (name === 'Computer') computer ??= source
    else if (name === 'TimeCreated_SystemTime') time ??= source
  })
  return { provider, channel, eventId, computer, time }
}
