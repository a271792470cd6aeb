// Which process was it? Tables by identity and by pid: pids are used again, clocks differ, and many processes started before the
// recording did, so a process is found as of a time, and one that nobody told of is made of what is said of it.
import { type Fact, numberIn, textIn } from '../facts/fact.ts'
import { RecentByHost, type Texts } from '../../base/recent.ts'
import { cutAbove, newProcess, note, type Process, unitsOf } from './process.ts'
import { tellStart, tellUsual } from './tell.ts'

/** Milliseconds by which the clocks of two providers on one host may differ. */
export const clockSlackMs = 3_000
/** What ended so many milliseconds ago is forgotten: nobody names it any more. */
const endedKeptMs = 60_000
/** Processes that are remembered, of all hosts. */
const maxProcesses = 50_000
/** Of their texts, in bytes, in each table of them. */
const maxTextBytes = 24 * 1024 * 1024
/** A fact of fewer UTF-16 units tells no process so much that it must be charged anew. */
const fewUnits = 2_048
/** Programs whose last start is remembered. */
const maxPrograms = 20_000
/** Bearers of one pid that are remembered. */
const maxBearers = 4

/** How a fact names a process: by its own names, or by those of the other side. */
export interface Naming {
  readonly guid: string
  readonly pid: string
  readonly image: string
}

/** Of a record on one process that reaches into another. */
export const sourceNaming: Naming = {
  guid: 'SourceProcessGuid',
  pid: 'SourceProcessId',
  image: 'SourceImage',
}
export const targetNaming: Naming = {
  guid: 'TargetProcessGuid',
  pid: 'TargetProcessId',
  image: 'TargetImage',
}

/** Of the process at the other end of a socket. */
export const peerNaming: Naming = {
  guid: 'PeerProcessGuid',
  pid: 'PeerProcessId',
  image: 'PeerImage',
}

export const actorNaming: Naming = {
  guid: 'ProcessGuid',
  pid: 'ProcessId',
  image: 'Image',
}

export class Processes {
  readonly #byGuid: RecentByHost<string, Process>
  readonly #byPid: RecentByHost<number, readonly Process[]>
  /** By program: its last start. */
  readonly #lastStarts = new RecentByHost<string, Process>(maxPrograms, texts)

  /** Those that ended, as that was told. */
  #ended: (Process | undefined)[] = []
  /** The first of them that is not forgotten. */
  #from = 0

  constructor(max: number = maxProcesses) {
    this.#byGuid = new RecentByHost(max, texts)
    this.#byPid = new RecentByHost(max, {
      maxBytes: maxTextBytes,
      bytesOf: (bearers) => bearers.reduce((sum, p) => sum + p.units, 0),
    })
  }

  /** Entries that were forgotten for want of room. */
  get forgotten(): number {
    return this.#byPid.forgotten
  }

  /** A start, or an exec in a process that is there. */
  start(fact: Fact): Process {
    const pid =
      numberIn(fact, 'StartedProcessId') ?? numberIn(fact, 'ProcessId')
    const guid = textIn(fact, 'ProcessGuid')
    const image = textIn(fact, 'Image')
    const twin = this.#startOf(fact, pid, guid, image)
    if (twin) {
      twin.pid ??= pid
      twin.guid ??= guid
      this.#keep(twin)
      twin.start ??= fact.time
      twin.origin ??= fact.origin
      tellStart(twin, fact)
      this.#join(twin, fact)
      return twin
    }
    const p = newProcess(fact.host, fact.product)
    const before = this.#lastBearer(fact, pid)
    p.pid = pid
    p.guid = guid
    p.start = fact.time
    tellStart(p, fact)
    p.origin = fact.origin
    // An exec keeps the pid: what stood there before is what it was, not another process.
    if (before && continues(before, fact)) {
      note(p, 'previousImage', before.image)
      p.parent = before.parent
      before.became = p
    } else if (before && before.end === undefined) this.#end(before, fact.time)
    this.#keep(p)
    if (image) this.#lastStarts.set(fact.host, image.toLowerCase(), p)
    this.#join(p, fact)
    return p
  }

  end(fact: Fact): void {
    const pid = numberIn(fact, 'ProcessId')
    const guid = textIn(fact, 'ProcessGuid')
    const image = textIn(fact, 'Image') ?? textIn(fact, 'ProcessName')
    const p = this.find(fact.host, { pid, guid, image }, fact.time)
    if (p) this.#end(p, fact.time)
  }

  #end(p: Process, time: number): void {
    p.end = time
    this.#ended.push(p)
    this.#forgetEnded(time - endedKeptMs)
  }

  #forgetEnded(before: number): void {
    const ended = this.#ended
    for (let p = ended[this.#from]; p; p = ended[this.#from]) {
      if (p.end !== undefined && p.end >= before) break
      ended[this.#from++] = undefined
      // It was told of since.
      if (p.end !== undefined) this.#forget(p)
    }
    if (this.#from * 2 < ended.length) return
    this.#ended = ended.slice(this.#from)
    this.#from = 0
  }

  #forget(p: Process): void {
    const { host, guid, pid } = p
    if (guid && this.#byGuid.get(host, guid) === p)
      this.#byGuid.delete(host, guid)
    if (pid === undefined) return
    const bearers = this.#byPid.get(host, pid)
    const others = bearers?.filter((other) => other !== p)
    if (!others?.length) this.#byPid.delete(host, pid)
    else if (others.length < bearers!.length) this.#byPid.set(host, pid, others)
  }

  /** The process that a fact names; made of what it says where nobody told of it. */
  of(fact: Fact, naming: Naming = actorNaming): Process | undefined {
    const pid = numberIn(fact, naming.pid)
    const guid = textIn(fact, naming.guid)
    const image = textIn(fact, naming.image)
    if (pid === undefined && guid === undefined && image === undefined) {
      return undefined
    }
    const known = this.find(fact.host, { pid, guid, image }, fact.time)
    const p = known ?? newProcess(fact.host, fact.product)
    p.pid ??= pid
    p.guid ??= guid
    p.image ??= image
    if (naming === actorNaming) tellUsual(p, fact)
    if (!known || fact.units > fewUnits) this.#keep(p)
    if (naming === actorNaming && !p.parent) this.#join(p, fact)
    return p
  }

  /** As of a time. */
  find(
    host: string,
    {
      pid,
      guid,
      image,
    }: {
      readonly pid?: number | undefined
      readonly guid?: string | undefined
      readonly image?: string | undefined
    },
    time: number,
  ): Process | undefined {
    const own = guid ? this.#byGuid.get(host, guid) : undefined
    if (
      own &&
      (own.image === undefined || !image || sameImage(own.image, image))
    )
      return own
    const bearers = pid === undefined ? undefined : this.#byPid.get(host, pid)
    if (!bearers) return own
    const fits = (p: Process) =>
      (p.start === undefined || p.start <= time + clockSlackMs) &&
      (p.end === undefined || p.end >= time - clockSlackMs) &&
      (!guid || !p.guid || p.guid === guid) &&
      (!image || !p.image || sameImage(p.image, image))
    return latest(bearers, time, fits) ?? own
  }

  /** The start that another provider told of already. */
  #startOf(
    fact: Fact,
    pid: number | undefined,
    guid: string | undefined,
    image: string | undefined,
  ): Process | undefined {
    const isNear = (p: Process) =>
      p.start === undefined
        ? !isExec(fact)
        : Math.abs(p.start - fact.time) <= clockSlackMs
    const own = guid ? this.#byGuid.get(fact.host, guid) : undefined
    if (
      own &&
      isNear(own) &&
      (!image || !own.image || sameImage(own.image, image))
    )
      return own
    if (isExec(fact)) return undefined
    const last = image && this.#lastStarts.get(fact.host, image.toLowerCase())
    if (last && isNear(last) && fitsWithoutPid(last, fact, pid, guid))
      return last
    if (pid === undefined) return undefined
    const bearers = this.#byPid.get(fact.host, pid) ?? []
    return bearers.find(
      (p) =>
        p.start !== undefined &&
        isNear(p) &&
        (!p.guid || !guid || p.guid === guid) &&
        (!p.image || !image || sameImage(p.image, image)),
    )
  }

  #lastBearer(fact: Fact, pid: number | undefined): Process | undefined {
    if (pid === undefined) return undefined
    return latest(this.#byPid.get(fact.host, pid) ?? [], fact.time)
  }

  #join(p: Process, fact: Fact): void {
    p.parentPid ??= numberIn(fact, 'ParentProcessId')
    p.parentGuid ??= textIn(fact, 'ParentProcessGuid')
    p.parentImage ??= textIn(fact, 'ParentImage')
    note(p, 'parentCommandLine', textIn(fact, 'ParentCommandLine'))
    note(p, 'parentUser', textIn(fact, 'ParentUser'))
    if (p.parent || (p.parentPid === undefined && !p.parentGuid)) return
    const { parentPid: pid, parentGuid: guid, parentImage: image } = p
    const time = p.start ?? fact.time
    const parent =
      this.find(p.host, { pid, guid, image }, time) ??
      this.#made(p, pid, guid, image)
    if (parent === p) return
    p.parent = parent
    cutAbove(p)
  }

  /** A parent that started before the recording. */
  #made(
    child: Process,
    pid: number | undefined,
    guid: string | undefined,
    image: string | undefined,
  ): Process {
    const parent = newProcess(child.host, child.product)
    parent.pid = pid
    parent.guid = guid
    parent.image = image
    parent.commandLine = child.parentCommandLine
    parent.user = child.parentUser
    this.#keep(parent)
    return parent
  }

  #keep(p: Process): void {
    const { host, guid, pid } = p
    p.units = unitsOf(p)
    if (guid) this.#byGuid.set(host, guid, p)
    if (pid === undefined) return
    const bearers = this.#byPid.get(host, pid)
    if (!bearers) this.#byPid.set(host, pid, [p])
    else {
      const others = bearers.filter((other) => other !== p)
      // What stands there already keeps its place.
      const all = others.length < bearers.length ? bearers : [...others, p]
      this.#byPid.set(host, pid, all.slice(-maxBearers))
    }
  }
}

const texts: Texts<Process> = {
  maxBytes: maxTextBytes,
  bytesOf: (p) => p.units,
}

/** Some forwarders lose the pid: then the command line tells. */
function fitsWithoutPid(
  last: Process,
  fact: Fact,
  pid: number | undefined,
  guid: string | undefined,
): boolean {
  if (last.pid !== undefined && pid !== undefined) return false
  if (last.guid && guid && last.guid !== guid) return false
  const commandLine = textIn(fact, 'CommandLine')
  return !commandLine || !last.commandLine || last.commandLine === commandLine
}

/** The same process with another program: a pid that is used again has another parent. */
function continues(before: Process, fact: Fact): boolean {
  if (!isExec(fact) || before.end !== undefined) return false
  const parent = numberIn(fact, 'ParentProcessId')
  return (
    parent === undefined ||
    before.parentPid === undefined ||
    parent === before.parentPid ||
    parent === orphanage
  )
}

/** Who becomes the parent of those whose own is gone. */
const orphanage = 1

/** Calls that keep the process and change the program. */
function isExec({ product, kind }: Fact): boolean {
  return kind === 'start' && product !== 'windows'
}

function latest(
  bearers: readonly Process[],
  time: number,
  fits: (p: Process) => boolean = () => true,
): Process | undefined {
  let began: Process | undefined
  let any: Process | undefined
  for (const p of bearers) {
    if (!fits(p)) continue
    const start = p.start ?? 0
    if (start <= time && start >= (began?.start ?? 0)) began = p
    if (start >= (any?.start ?? 0)) any = p
  }
  return began ?? any
}

/** One provider may write the whole path and another the name alone. */
function sameImage(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (x === y) return true
  const isBare = !/[\\/]/.test(x) || !/[\\/]/.test(y)
  return isBare && x.replace(/^.*[\\/]/, '') === y.replace(/^.*[\\/]/, '')
}
