// A template says once what thousands of records share. Which slot fills which field, and where provider, channel and
// event id are, is worked out once and kept for the process, because each chunk spells its templates anew.
import type { ElementNode } from './tree.ts'
import { HeadCache } from './heads.ts'
import { headSources } from './system-part.ts'

let templates = 0

export class Template {
  readonly id = templates++
  readonly root: ElementNode
  /** One more than the highest slot that is used. */
  readonly slotCount: number
  /** Slots that are all of a Data element without a name: an array there has as many values as it has items. */
  readonly unnamedSlots: readonly number[]
  /** 1 for slots that stand where an element may: a fragment there is unfolded. */
  readonly unfolds: Uint8Array
  /** undefined where the template has no System part. */
  readonly head: HeadCache | undefined

  constructor(root: ElementNode) {
    this.root = root
    const used = { most: -1, content: [] as number[], unnamed: [] as number[] }
    collectSlots(root, used)
    this.slotCount = used.most + 1
    this.unnamedSlots = used.unnamed
    this.unfolds = new Uint8Array(this.slotCount)
    for (const slot of used.content) this.unfolds[slot] = 1
    const sources = headSources(root)
    this.head = sources && new HeadCache(sources)
  }
}

function collectSlots(
  e: ElementNode,
  used: { most: number; content: number[]; unnamed: number[] },
) {
  for (const attribute of e.attributes) {
    for (const part of attribute.parts) {
      if (part.kind === 'slot') used.most = Math.max(used.most, part.slot)
    }
  }
  const isUnnamed =
    e.name === 'Data' &&
    e.children.length === 1 &&
    !e.attributes.some((a) => a.name === 'Name')
  for (const child of e.children) {
    if (child.kind === 'element') collectSlots(child, used)
    if (child.kind !== 'slot') continue
    used.most = Math.max(used.most, child.slot)
    used.content.push(child.slot)
    if (isUnnamed) used.unnamed.push(child.slot)
  }
}
