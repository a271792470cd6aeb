// FIFOs: one is made, one program opens it to read and another to write; the writer is the client. And the pipes without a name that
// macOS identifies at an exec: what one writes to standard output another reads as standard input.
import { type Fact, listIn, textIn, textsOfFact } from '../facts/fact.ts'
import { type Process, soonAfter } from '../lineage/process.ts'
import { Recent } from '../../base/recent.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'
import { failed } from './unix-socket.ts'

interface End {
  readonly process: Process
  readonly fact: Fact
}

interface Ends {
  readonly creator?: End | undefined
  readonly readers: readonly End[]
  readonly writers: readonly End[]
}

const maxFifos = 5_000
/** Programs at one end that are remembered. */
const maxEnds = 16

export function fifos(context: EdgeContext): EdgeMaker {
  const known = new Recent<Ends>(maxFifos, { bytesOf: unitsOfEnds })
  const endsOf = (key: string) => known.get(key) ?? { readers: [], writers: [] }
  const opened = (fact: Fact, process: Process, path: string) => {
    const access = textIn(fact, 'FileAccess') ?? ''
    const key = `${fact.host}\0${path}`
    const end: End = { process, fact }
    const { creator, readers, writers } = endsOf(key)
    const ends: Ends = {
      creator,
      readers: access.includes('read') ? withEnd(readers, end) : readers,
      writers: access.includes('write') ? withEnd(writers, end) : writers,
    }
    known.set(key, ends)
    const others = access === 'read' ? ends.writers : ends.readers
    for (const other of others) {
      const [writer, reader] = access === 'read' ? [other, end] : [end, other]
      if (writer.process === reader.process) continue
      context.edge({
        kind: 'fifo',
        time: fact.time,
        client: { process: writer.process, known: 'it opened it to write' },
        server: { process: reader.process, known: 'it opened it to read' },
        endpoint: { name: path, template: path.replace(/\d+/g, '#') },
        facts: [fact, other.fact, ...(ends.creator ? [ends.creator.fact] : [])],
      })
    }
  }
  return {
    kinds: ['fifo'],
    needs: ['fifo', 'open', 'start'],
    note(fact, process) {
      const path = pathOf(fact)
      if (fact.kind !== 'fifo' || !process || !path || failed(fact)) return
      const key = `${fact.host}\0${path}`
      known.set(key, { ...endsOf(key), creator: { process, fact } })
    },
    act(fact, process) {
      const path = pathOf(fact)
      if (fact.kind === 'open' && process && path && !failed(fact))
        opened(fact, soonAfter(process, fact.time), path)
    },
  }
}

function pathOf(fact: Fact): string | undefined {
  return listIn(fact, 'TargetFilename')[0]
}

function withEnd(ends: readonly End[], end: End): readonly End[] {
  if (ends.some((e) => e.process === end.process)) return ends
  return [...ends, end].slice(-maxEnds)
}

function unitsOfEnds({ creator, readers, writers }: Ends): number {
  let units = creator?.fact.units ?? 0
  for (const { fact } of readers) units += fact.units
  for (const { fact } of writers) units += fact.units
  return units
}

export function anonymousPipes(context: EdgeContext): EdgeMaker {
  const writers = new Recent<End>(maxFifos, textsOfFact)
  const readers = new Recent<End>(maxFifos, textsOfFact)
  return {
    kinds: ['pipe'],
    needs: ['start'],
    act(fact, process) {
      if (fact.kind !== 'start' || !process) return
      const end: End = { process, fact }
      const out = textIn(fact, 'StdoutPipeId')
      const input = textIn(fact, 'StdinPipeId')
      if (out) writers.set(`${fact.host}\0${out}`, end)
      if (input) readers.set(`${fact.host}\0${input}`, end)
      const from = input && writers.get(`${fact.host}\0${input}`)
      const to = out && readers.get(`${fact.host}\0${out}`)
      if (from) joined(context, from, end, input)
      if (to) joined(context, end, to, out)
    },
  }
}

function joined(
  context: EdgeContext,
  writer: End,
  reader: End,
  id: string,
): void {
  if (writer.process === reader.process) return
  const [later, earlier] =
    writer.fact.time > reader.fact.time ? [writer, reader] : [reader, writer]
  context.edge({
    kind: 'pipe',
    time: later.fact.time,
    client: { process: writer.process, known: 'its standard output' },
    server: { process: reader.process, known: 'its standard input' },
    endpoint: { name: `pipe ${id}`, template: 'pipe' },
    facts: [later.fact, earlier.fact],
  })
}
