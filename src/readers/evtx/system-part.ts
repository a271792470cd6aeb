// The System part of an event under Sigma's names: the tag, or tag and attribute (`Execution_ProcessID`).
import type { Attribute, ElementNode, Part } from './tree.ts'
import {
  fromParts,
  fromSlot,
  literal,
  type Source,
  sourceKind,
} from './source.ts'

/** Numbers here, whether a slot or a text holds them. */
const numbers: ReadonlySet<string> = new Set([
  'EventID',
  'Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'EventRecordID',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Execution_ProcessorID',
  'Execution_SessionID',
  'Execution_KernelTime',
  'Execution_UserTime',
  'Execution_ProcessorTime',
])

/** Calls back with each field that the part can have. */
export function systemFields(
  system: ElementNode,
  base: number,
  field: (name: string, source: Source) => void,
): void {
  for (const child of system.children) {
    if (child.kind !== 'element') continue
    for (const attribute of child.attributes) {
      if (isNamespace(attribute)) continue
      const name =
        child.name === 'EventID' && attribute.name === 'Qualifiers'
          ? 'Qualifiers'
          : `${child.name}_${attribute.name}`
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
  if (numbers.has(name)) {
    if (source.kind === sourceKind.literal && source.value !== undefined) {
      return literal(asNumber(source.value))
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

const decimal = /^\d{1,15}$/

export function asNumber<T>(value: T): T | number {
  return typeof value === 'string' && decimal.test(value)
    ? Number(value)
    : value
}

export function isNamespace(attribute: Attribute): boolean {
  return attribute.name === 'xmlns' || attribute.name.startsWith('xmlns:')
}

/** Where the three are that say who wrote an event and which it is. */
export interface HeadSources {
  readonly provider: Source | undefined
  readonly channel: Source | undefined
  readonly eventId: Source | undefined
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
  systemFields(system, 0, (name, source) => {
    if (name === 'Provider_Name') provider ??= source
    else if (name === 'Channel') channel ??= source
    else if (name === 'EventID') eventId ??= source
  })
  return { provider, channel, eventId }
}
