// Shared memory of System V: who made the segment, and who else asked for it by its key or attached it by its number.
// Sources: shmget(2), shmat(2): shmget returns the number that shmat takes first.
import { type Fact, textIn, textsOfFact } from '../facts/fact.ts'
import type { Process } from '../lineage/process.ts'
import { Recent } from '../../base/recent.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'
import { failed } from './unix-socket.ts'

interface Segment {
  readonly process: Process
  readonly fact: Fact
  readonly key: string
}

const maxSegments = 5_000
/** IPC_PRIVATE: a segment that nobody else can ask for. */
const isPrivate = /^0*$/

export function sharedMemory(context: EdgeContext): EdgeMaker {
  const byKey = new Recent<Segment>(maxSegments, textsOfFact)
  const byNumber = new Recent<Segment>(maxSegments, textsOfFact)
  return {
    kinds: ['shared_memory'],
    needs: ['memory', 'start'],
    note(fact, process) {
      const key = textIn(fact, 'SharedMemoryKey')
      const number = textIn(fact, 'ExitCode')
      if (fact.kind !== 'memory' || !process || key === undefined) return
      if (failed(fact)) return
      const at = `${fact.host}\0${key}`
      const made = { process, fact, key }
      const first = isPrivate.test(key) ? undefined : byKey.get(at)
      if (!first && !isPrivate.test(key)) byKey.set(at, made)
      if (number) byNumber.set(`${fact.host}\0${number}`, first ?? made)
    },
    act(fact, process) {
      if (fact.kind !== 'memory' || !process || failed(fact)) return
      const segment = segmentOf(fact, byKey, byNumber)
      if (!segment || segment.process === process) return
      context.edge({
        kind: 'shared_memory',
        time: fact.time,
        client: { process, known: 'it took part in the segment' },
        server: { process: segment.process, known: 'it asked for it first' },
        endpoint: {
          name: `key ${segment.key}`,
          template: 'key',
          owner: textIn(segment.fact, 'UserId'),
        },
        action: textIn(fact, 'SyscallName'),
        facts: [fact, segment.fact],
      })
    },
  }
}

function segmentOf(
  fact: Fact,
  byKey: Recent<Segment>,
  byNumber: Recent<Segment>,
): Segment | undefined {
  const key = textIn(fact, 'SharedMemoryKey')
  if (key !== undefined) return byKey.get(`${fact.host}\0${key}`)
  if (textIn(fact, 'SyscallName') !== 'shmat') return undefined
  const number = Number.parseInt(textIn(fact, 'a0') ?? '', 16)
  return byNumber.get(`${fact.host}\0${number}`)
}
