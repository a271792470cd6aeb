// Who may send events here? Standard input, sockets, HTTP, sensors of this host: each writes into an intake of its own.
import type { Server } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import type { GrowingFile } from '../sources/growing.ts'
import type { SourceListener, SourceState } from '../sources/source.ts'
import { listenHttp } from './http.ts'
import { Intake } from './intake.ts'
import { type SensorAsked, SensorChild } from './sensors.ts'
import { type ListenAt, listenLines, takeLines } from './streams.ts'

export type Listening =
  | {
      readonly kind: 'http'
      readonly host: string
      readonly port: number
      readonly token?: string
    }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'stdin'; readonly stream: Readable }
  | SensorAsked

export interface IntakesOptions {
  readonly listening: readonly Listening[]
  readonly folder: string
  readonly maxWaiting: number
  readonly known: readonly SourceState[]
  readonly nextKey: () => number
  /** Of the event log of Windows, for sensors that follow them. */
  readonly channels: readonly string[]
  readonly problem: (message: string) => void
  /** Something came. */
  readonly wake: () => void
}

export class Intakes {
  readonly all: readonly Intake[]
  readonly #options: IntakesOptions
  readonly #servers: Server[] = []
  readonly #sensors: SensorChild[] = []
  /** Streams that have not ended. */
  open = 0

  constructor(options: IntakesOptions, listener: SourceListener) {
    this.#options = options
    this.all = options.listening.map((l) => {
      const name = nameOf(l)
      const folder = join(
        options.folder,
        name.replaceAll(/[^\w.-]/g, '_').slice(-100),
      )
      const intake = new Intake({ ...options, name, folder }, listener)
      intake.onLines = options.wake
      return intake
    })
  }

  get sources(): readonly GrowingFile[] {
    return this.all.flatMap((i) => i.sources)
  }

  /** Rejects where one cannot listen. */
  async listen(): Promise<void> {
    for (const [i, l] of this.#options.listening.entries()) {
      await this.#open(l, this.all[i]!)
    }
  }

  kept(states: readonly SourceState[]): void {
    for (const intake of this.all) intake.kept(states)
  }

  /** What they still had to tell is accepted. */
  async stopSensors(): Promise<void> {
    await Promise.all(this.#sensors.map((s) => s.stop()))
  }

  /** Nothing more is accepted. */
  async close(): Promise<void> {
    for (const server of this.#servers) server.close()
    await this.stopSensors()
    for (const intake of this.all) await intake.close()
  }

  async #open(l: Listening, intake: Intake): Promise<void> {
    const { problem, channels } = this.#options
    switch (l.kind) {
      case 'http':
        this.#servers.push(await listenHttp(l, intake))
        return
      case 'stdin':
        this.open++
        takeLines(l.stream, intake)
          .catch((error: Error) => problem(`${intake.name}: ${error.message}`))
          .finally(() => {
            this.open--
          })
        return
      case 'sensor': {
        const child = new SensorChild(l, intake, problem, {
          channels,
          positions: join(intake.folder, 'positions.json'),
        })
        this.#sensors.push(child)
        child.start()
        return
      }
      default: {
        const at: ListenAt = l
        this.#servers.push(await listenLines(at, intake, problem))
      }
    }
  }
}

function nameOf(l: Listening): string {
  switch (l.kind) {
    case 'http':
    case 'tcp':
      return `${l.kind}://${l.host}:${l.port}`
    case 'unix':
      return `unix:${l.path}`
    case 'stdin':
      return 'stdin'
    case 'sensor':
      return `sensor:${l.name}`
  }
}
