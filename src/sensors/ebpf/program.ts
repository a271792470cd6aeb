// The kernel's side: the objects of this architecture, loaded, told what to look at, attached, and read. A hook that a kernel has not, or
// forbids, is left out, and nothing else is lost; of the second object that is all of it where functions may not be traced.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { errnoName } from '../linux/libc.ts'
import type { Scope } from '../scope.ts'
import type { SensorCounts } from '../sensor.ts'
import { type KernelEvent, readKernelEvent } from './decode.ts'
import { type Handle, type Libbpf, openLibbpf } from './library.ts'

/** Beside this file, also where that is put into a bundle. */
const folders = ['.', '../sensors/ebpf']

/** Calls, by tracepoints; what no call tells, by hooks of security modules. */
type ObjectName = 'ipc' | 'hooks'

/** undefined: none is shipped for this architecture. */
export function objectPath(name: ObjectName = 'ipc'): string | undefined {
  const here = fileURLToPath(new URL('.', import.meta.url))
  return folders
    .map((folder) => join(here, folder, `${name}-${process.arch}.bpf.o`))
    .find((path) => existsSync(path))
}

/** What io_uring was asked for says less than the hook of what it does. */
const hookedInstead = ['on_uring']

/** Maps of the first object that the second one writes to. */
const sharedMaps = ['rare', 'bulk', 'counts', 'config', 'tree']

const configBytes = 32
const maxAttempts = 5
const zero = Buffer.alloc(4)

export class KernelProgram {
  readonly #lib: Libbpf
  readonly #object: Handle
  readonly #objects: Handle[] = []
  readonly #links: Handle[] = []
  readonly #rings: NonNullable<ReturnType<Libbpf['rings']>>
  readonly #counts: number
  #batch: KernelEvent[] = []
  /** Hooks that this kernel has not, or forbids. */
  readonly refused: string[] = []

  /** Throws with the kernel's reason. */
  constructor(scope: Scope, processes: readonly number[]) {
    this.#lib = openLibbpf()
    this.#object = this.#load('ipc')
    this.#counts = this.#mapFd('counts')
    this.#tell(scope, processes)
    const fds = ['rare', 'bulk'].map((name) => this.#mapFd(name))
    const rings = this.#lib.rings(fds, (bytes) => {
      const event = readKernelEvent(bytes)
      if (event) this.#batch.push(event)
    })
    if (!rings) throw new Error('its rings cannot be read')
    this.#rings = rings
    const hooks = this.#addHooks()
    const isHooked = hooks.has('on_unix_connect')
    const calls = this.#attach(this.#object, isHooked ? hookedInstead : [])
    if (calls.size === 0)
      throw new Error(`nothing can be attached: ${this.refused.join(', ')}`)
  }

  /** What has come, in order of time; `isLast`: also what came while it was read, of which there may be more. */
  read(isLast = false): readonly KernelEvent[] {
    // The rings are read one after the other: what came behind this moment may lack what the first had no more.
    const now = process.hrtime.bigint()
    this.#rings.consume()
    const all = this.#batch.sort((a, b) =>
      a.time < b.time ? -1 : a.time > b.time ? 1 : 0,
    )
    const later = isLast ? -1 : all.findIndex((e) => e.time > now)
    this.#batch = later < 0 ? [] : all.slice(later)
    return later < 0 ? all : all.slice(0, later)
  }

  /** Of all processors. */
  counts(): SensorCounts {
    const value = Buffer.alloc(16 * this.#lib.processors())
    if (this.#lib.readMap(this.#counts, zero, value) < 0)
      return { seen: 0, dropped: 0 }
    const sum = (from: number) => {
      let all = 0n
      for (let at = from; at < value.length; at += 16)
        all += value.readBigUInt64LE(at)
      return Number(all)
    }
    return { seen: sum(0), dropped: sum(8) }
  }

  close(): void {
    for (const link of this.#links.splice(0)) this.#lib.detach(link)
    this.#rings.close()
    for (const object of this.#objects.splice(0)) this.#lib.close(object)
  }

  #mapFd(name: string): number {
    return this.#lib.mapFd(this.#object, name)
  }

  #load(name: ObjectName): Handle {
    const path = objectPath(name)
    if (path === undefined)
      throw new Error(`no object "${name}" for ${process.arch}`)
    for (let attempt = 1; ; attempt++) {
      const object = this.#lib.open(path)
      if (!object) throw new Error(`${path} is no BPF object`)
      if (name === 'hooks') this.#shareMaps(object)
      const result = this.#lib.load(object)
      if (result >= 0) {
        this.#objects.push(object)
        return object
      }
      this.#lib.close(object)
      const why = errnoName(-result)
      // A signal that came meanwhile ends the kernel's check of a program.
      if (why !== 'EAGAIN' || attempt === maxAttempts)
        throw new Error(`the kernel refuses it: ${why}`)
    }
  }

  #shareMaps(object: Handle): void {
    for (const name of sharedMaps)
      this.#lib.shareMap(object, name, this.#mapFd(name))
  }

  /** Names of the programs that are attached; `without`: those that are not asked for. */
  #attach(
    object: Handle,
    without: readonly string[] = [],
  ): ReadonlySet<string> {
    const attached = new Set<string>()
    for (const program of this.#lib.programs(object)) {
      const name = this.#lib.nameOf(program)
      if (without.includes(name)) continue
      const link = this.#lib.attach(program)
      if (link) {
        this.#links.push(link)
        attached.add(name)
      } else this.refused.push(`${name} (${errnoName(this.#lib.errno())})`)
    }
    return attached
  }

  #addHooks(): ReadonlySet<string> {
    try {
      return this.#attach(this.#load('hooks'))
    } catch (error) {
      const why = (error as Error).message
      this.refused.push(`hooks of security modules (${why})`)
      return new Set()
    }
  }

  #tell(scope: Scope, processes: readonly number[]): void {
    const config = Buffer.alloc(configBytes)
    if (scope.kind === 'group') {
      const { id, level } = controlGroup(scope.path)
      config.writeBigUInt64LE(id, 0)
      config.writeUInt32LE(level, 8)
    }
    if (scope.kind === 'tree') {
      config.writeUInt32LE(1, 12)
      const tree = this.#mapFd('tree')
      for (const pid of processes) {
        const key = Buffer.alloc(4)
        key.writeUInt32LE(pid)
        this.#lib.setMap(tree, key, Buffer.from([1]))
      }
    }
    config.writeUInt32LE(process.pid, 16)
    this.#lib.setMap(this.#mapFd('config'), zero, config)
  }
}

/** The kernel knows a control group by the inode of its folder. Source: cgroups(7). */
function controlGroup(path: string): { id: bigint; level: number } {
  for (const root of ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']) {
    if (!existsSync(join(root, 'cgroup.controllers'))) continue
    const stats = statSync(join(root, path), {
      bigint: true,
      throwIfNoEntry: false,
    })
    if (!stats) throw new Error(`there is no control group "${path}"`)
    const level = path.split('/').filter(Boolean).length
    return { id: stats.ino, level }
  }
  throw new Error('this host has no unified hierarchy of control groups')
}
