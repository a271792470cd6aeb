// What a watch is made of, put together from what another run left: the journal says how far the sources are and what was made of them.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { makeFolder } from '../../content/make-folder.ts'

import { addStates } from './compact.ts'
import { Intakes } from './intake/index.ts'
import { type Entry, Journal } from './journal.ts'
import { Judge, type JudgeListener } from './judge.ts'
import { lockFolder } from './lock.ts'
import { Outbox } from './outbox.ts'
import { Delivery } from './outputs/delivery.ts'
import { Files } from './sources/files.ts'
import type { Source, SourceListener, SourceState } from './sources/source.ts'
import { Turns } from './turns.ts'
import type { WatchListener, WatchRequest } from './request.ts'
import { Watermark } from './watermark.ts'

export interface Parts {
  readonly turns: Turns
  readonly files: Files
  readonly intakes: Intakes
  readonly deliveries: readonly Delivery[]
  readonly watermark: Watermark
  readonly outbox: Outbox
  readonly journal: Journal
  readonly judgeListener: JudgeListener
  readonly close: () => void
}

interface Folder {
  readonly path: string
  readonly letGo: () => void
}

export async function openParts(
  request: WatchRequest,
  listener: WatchListener,
  wake: () => void,
): Promise<Parts> {
  const folder = openFolder(request.state)
  const journal = Journal.open(folder.path)
  const outbox = new Outbox(join(folder.path, 'outbox'), request.maxOutboxBytes)
  const found: string[] = []
  const judgeListener: JudgeListener = {
    ...listener,
    finding: (line) => found.push(line),
  }
  const judge = await Judge.open(request, judgeListener)
  const left: Left = {
    states: new Map(),
    watermark: Number.NEGATIVE_INFINITY,
  }
  judge.replay(remembering(entriesOf(journal, listener), left))
  journal.append({ kind: 'rules', ids: judge.ids })
  const watermark = new Watermark(request.latenessMs, left.watermark)
  const { states } = left
  for (const { key, time } of states.values()) {
    if (time !== undefined) watermark.resume(key, time, Date.now())
  }
  const problem = (message: string) => listener.problem(message)
  const turns = new Turns(judge, { journal, outbox, watermark, problem, found })
  turns.tell()
  const heard = {
    gate: undefined,
    problem,
    event: turns.event.bind(turns),
  }
  return {
    ...sourcesOf(request, folder.path, states, heard, wake, judge.channels),
    turns,
    deliveries: deliveriesOf(request, folder.path, outbox),
    watermark,
    outbox,
    journal,
    judgeListener,
    close: () => {
      journal.close()
      outbox.close()
      folder.letGo()
    },
  }
}

function openFolder(state: string | undefined): Folder {
  if (state === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'ipcwatch-watch-'))
    return { path, letGo: () => rmSync(path, { recursive: true, force: true }) }
  }
  makeFolder(state, 0o700)
  refuseOthers(state)
  return { path: state, letGo: lockFolder(state) }
}

/** What stands in it is believed: rules would be passed by, and findings be lost, if somebody else could write there. */
function refuseOthers(folder: string): void {
  const { uid, gid, mode } = statSync(folder)
  const own = process.getuid?.()
  if (own === undefined) return
  const byOthers =
    (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== process.getgid?.())
  if (uid !== own || byOthers) {
    throw new Error(
      `"${folder}" may be written by others, and state of theirs is not believed: give a folder of your own`,
    )
  }
}

function entriesOf(
  journal: Journal,
  { problem }: WatchListener,
): Iterable<Entry> {
  return journal.entries((bytes) =>
    problem(
      `state: the last ${bytes} bytes were not written whole, and are read from their sources again`,
    ),
  )
}

/** How far another run was. */
interface Left {
  readonly states: Map<number, SourceState>
  watermark: number
}

/** Hands the entries on, and remembers what they say. */
function* remembering(entries: Iterable<Entry>, left: Left): Generator<Entry> {
  for (const entry of entries) {
    if (entry.kind === 'batch') {
      addStates(left.states, entry)
      left.watermark = Math.max(left.watermark, entry.watermark)
    }
    yield entry
  }
}

function sourcesOf(
  request: WatchRequest,
  folder: string,
  states: ReadonlyMap<number, SourceState>,
  heard: SourceListener & {
    problem(message: string): void
    event(event: Parameters<SourceListener['event']>[0], source: Source): void
  },
  wake: () => void,
  channels: readonly string[],
): Pick<Parts, 'files' | 'intakes'> {
  const known = [...states.values()]
  let lastKey = known.reduce((m, s) => Math.max(m, s.key), 0)
  const nextKey = () => ++lastKey
  const scratch = join(folder, 'scratch')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { mode: 0o700 })
  const shared = { known, nextKey }
  const files = new Files({ ...shared, paths: request.paths, scratch }, heard)
  const intakes = new Intakes(
    {
      ...shared,
      listening: request.listening,
      folder: join(folder, 'intake'),
      maxWaiting: request.maxWaitingBytes,
      problem: heard.problem,
      wake,
      channels,
    },
    heard,
  )
  return { files, intakes }
}

function deliveriesOf(
  { outputs }: WatchRequest,
  folder: string,
  outbox: Outbox,
): Delivery[] {
  const cursors = join(folder, 'outputs')
  makeFolder(cursors, 0o700)
  return outputs.map(
    ({ output, filter }) =>
      new Delivery(output, { filter, outbox, folder: cursors }),
  )
}
