// A record of a chunk, as a view: its head is read first, the gate is asked, and only then is it unfolded. Values are
// decoded when they are asked for. One view serves all records of a reader.
import type {
  Provenance,
  Shape,
  SourceRecord,
  Value,
} from '../../base/record.ts'

import type { Gate } from '../reader.ts'
import { BinXmlParser, type FragmentReader } from './binxml.ts'
import { skipFragmentHeader, token } from './tokens.ts'
import type { ElementNode, InstanceNode } from './tree.ts'
import { ChunkTemplates } from './chunk-templates.ts'
import type { Unfolded, Unfolding } from './fields.ts'
import { Gatekeeper } from './gatekeeper.ts'
import { HeadCache } from './heads.ts'
import { limits, recordHeaderBytes, u32, u64, unreadable } from './layout.ts'
import { ChunkNames } from './names.ts'
import { noTemplate, Plan, type PlanNode, planRoot, step } from './plan.ts'
import { Slots } from './slots.ts'
import type { Source } from './source.ts'
import { headOfSystem } from './system-part.ts'
import type { Template } from './template.ts'
import { filetimeMs } from './text.ts'

/** From so many texts on, it is cheaper to decode all of a record at once. */
const manyTexts = 4

export class RecordView implements SourceRecord, Unfolding, FragmentReader {
  readonly #slots = new Slots()
  readonly #gatekeeper: Gatekeeper
  #bytes: Buffer = Buffer.alloc(0)
  #parser!: BinXmlParser
  #templates!: ChunkTemplates
  #at = 0
  #end = 0
  #plan: Plan | undefined
  /** That plans for the chunk's records took. */
  #nodes = 0
  /** Bytes of values that the chunk's records use again and again. */
  #repeated = 0
  /** What is not whole of the record, in words. */
  cut: string | undefined
  /** Where the plan is kept, as far as the record is known. */
  #path: PlanNode = planRoot(noTemplate)
  /** Whether the gate was asked. */
  #headed = false
  /** Of the fragment that is read. */
  #readerEnd = 0
  /** False once something of this record alone decides its fields. */
  #shared = true
  readonly #instances: Unfolded[] = []
  readonly #unfolded = new Map<number, Unfolded>()

  offset = 0

  constructor(gate: Gate | undefined) {
    this.#gatekeeper = new Gatekeeper(gate, this.#slots)
  }

  useChunk(bytes: Buffer): void {
    const names = new ChunkNames(bytes)
    this.#bytes = bytes
    this.#parser = new BinXmlParser(bytes, names)
    this.#templates = new ChunkTemplates(bytes, names)
    this.#nodes = 0
    this.#repeated = 0
  }

  get provenance(): Provenance {
    return this.#gatekeeper.provenance
  }

  /** Of a record that the gate does not want, as Gatekeeper tells it. */
  get otherHost(): string | undefined {
    return this.#gatekeeper.otherHost()
  }

  get shape(): Shape {
    return this.#plan!.shape
  }

  /** EventRecordID; in a forwarded log the number in the record's own header is another. */
  get number(): number {
    const source = this.#plan!.recordId
    const id = source && this.#slots.evaluate(source)
    return typeof id === 'number' ? id : u64(this.#bytes, this.#at + 8)
  }

  /** The header's own time is that of the writing: of a log that was exported, of the export. */
  get writtenAt(): number | undefined {
    return this.#gatekeeper.createdAt ?? filetimeMs(this.#bytes, this.#at + 16)
  }

  value(i: number): Value | undefined {
    const source = this.#plan!.sources[i]
    return source && this.#slots.evaluate(source)
  }

  /** The record at `at` of the chunk. False: the gate does not want it. Throws where it cannot be read. */
  read(at: number, size: number, offset: number): boolean {
    if (this.#plan) this.#plan.textsAsked = this.#slots.textsAsked
    this.#plan = undefined
    this.#at = at
    this.offset = offset
    this.#slots.reset(this.#bytes)
    this.#instances.length = 0
    this.#unfolded.clear()
    this.#shared = true
    this.#headed = false
    this.cut = undefined
    // The last four bytes are the size again.
    const end = at + size - 4
    const start = skipFragmentHeader(this.#bytes, at + recordHeaderBytes, end)
    return this.#bytes[start] === token.templateInstance
      ? this.#readTemplated(start, end)
      : this.#readFragment(start, end)
  }

  #readTemplated(start: number, end: number): boolean {
    const root = this.#instanceAt(start, end)
    this.#headed = root.head !== undefined
    if (root.head && !this.#gatekeeper.admits(root.head)) return false
    this.#path = this.#countArrays(root, 0, planRoot(root.id))
    return this.#unfoldAs(root.root)
  }

  /** A record without a template: collectors write forwarded events so. */
  #readFragment(start: number, end: number): boolean {
    this.#path = planRoot(noTemplate)
    this.#readerEnd = end
    const root = this.#parser.fragment(start, end, this)
    return root !== undefined && this.#unfoldAs(root)
  }

  #unfoldAs(root: ElementNode): boolean {
    if (!this.#unfold()) return false
    const known = this.#shared ? this.#path.plan : undefined
    if (known) {
      this.#plan = known
      this.#slots.allTexts = known.textsAsked >= manyTexts
    } else {
      this.#plan = this.#newPlan(root)
      // `nameIn` may have found only now that the names are this record's own.
      if (this.#shared) this.#path.keep(this.#plan)
    }
    if (this.#plan.repeats) this.#shorten(this.#plan.repeats)
    return this.#headed || this.#meetPlan()
  }

  #shorten(repeats: ReadonlyMap<number, number>) {
    const { repeatedBytes, repeatedBytesPerChunk } = limits
    const left = repeatedBytesPerChunk - this.#repeated
    const most = Math.max(0, Math.min(repeatedBytes, left))
    if (this.#slots.shorten(repeats, most)) {
      this.cut = 'values that it repeats are shortened'
    }
    this.#repeated += this.#slots.bytesOf(repeats)
  }

  #newPlan(root: ElementNode): Plan {
    if (this.#nodes > limits.nodesPerChunk) {
      unreadable('records of the chunk unfold to too many elements')
    }
    const plan = new Plan({ root, base: 0 }, this)
    this.#nodes += plan.nodes
    return plan
  }

  /** Reads the template's slots, after those there are. */
  #instanceAt(at: number, end: number): Template {
    if (at + 10 > end) unreadable('a template instance is cut')
    const offset = u32(this.#bytes, at + 6)
    const template = this.#templates.at(offset)
    const table = offset === at + 10 ? this.#templates.endOf(offset) : at + 10
    this.#end = this.#slots.read(
      table,
      end,
      template.slotCount,
      template.unfolds,
    )
    return template
  }

  /** Follows fragments within fragments, in order; the slots of each come after those of the ones before. False: not wanted. */
  #unfold(): boolean {
    const slots = this.#slots
    for (let i = 0; i < slots.fragmentCount; i++) {
      const slot = slots.fragments[i]!
      const end = slots.offsets[slot]! + slots.lengths[slot]!
      const at = skipFragmentHeader(this.#bytes, slots.offsets[slot]!, end)
      if (at < end && this.#bytes[at] === token.templateInstance) {
        this.#unfolded.set(slot, this.#stepInto(slot, at, end))
      } else if (at < end && this.#bytes[at] !== 0) {
        this.#path = this.#path.step(step.fragment(slot))
        this.#readerEnd = end
        const root = this.#parser.fragment(at, end, this)
        if (!root) return false
        this.#unfolded.set(slot, { root, base: 0 })
      }
    }
    return true
  }

  #stepInto(slot: number, at: number, end: number): Unfolded {
    const base = this.#slots.count
    const template = this.#instanceAt(at, end)
    this.#path = this.#path.step(step.template(slot, template.id))
    this.#path = this.#countArrays(template, base, this.#path)
    return { root: template.root, base }
  }

  #countArrays(template: Template, base: number, path: PlanNode): PlanNode {
    for (const slot of template.unnamedSlots) {
      const count = this.#slots.arrayCount(base + slot)
      if (count >= 0) path = path.step(step.array(base + slot, count))
    }
    return path
  }

  add(type: number, at: number, length: number): number {
    return this.#slots.add(type, at, length)
  }

  step(token: number, id: number): void {
    this.#path = this.#path.step(step.token(token, id))
  }

  instance(at: number): { node: InstanceNode; end: number } {
    if (this.#instances.length >= limits.instances) {
      unreadable(`more than ${limits.instances} templates`)
    }
    const index = this.#instances.length
    this.#instances.push(this.#stepInto(limits.slots, at, this.#readerEnd))
    return { node: { kind: 'instance', index }, end: this.#end }
  }

  wantsRest(system: ElementNode): boolean {
    // Only the first decides; a System part within event data is no header.
    if (this.#headed) return true
    this.#headed = true
    if (!this.#shared) return this.#gatekeeper.admitsHead(headOfSystem(system))
    this.#path.head ??= new HeadCache(headOfSystem(system))
    return this.#gatekeeper.admits(this.#path.head)
  }

  fragmentIn(slot: number): Unfolded | undefined {
    return this.#unfolded.get(slot)
  }

  instanceAt(index: number): Unfolded {
    return this.#instances[index]!
  }

  arrayCount(slot: number): number {
    return this.#slots.arrayCount(slot)
  }

  nameIn(source: Source): string {
    this.#shared = false
    return String(this.#slots.evaluate(source) ?? '')
  }

  /** For events whose System part is not in the root template. */
  #meetPlan(): boolean {
    const plan = this.#plan!
    const of = (name: string) => plan.sources[plan.shape.indexOf(name)]
    return this.#gatekeeper.admitsHead({
      provider: of('Provider_Name'),
      channel: of('Channel'),
      eventId: of('EventID'),
      computer: of('Computer'),
      time: of('TimeCreated_SystemTime'),
    })
  }
}
