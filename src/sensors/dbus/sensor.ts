// What is asked over a bus: the bus itself tells a monitor of every message. A monitor may ask nothing, so a second connection asks which
// processes the names belong to, when they are first seen.
// Source: D-Bus specification, "org.freedesktop.DBus.Monitoring.BecomeMonitor", "Authentication Protocol".
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

import { Recent } from '../../base/recent.ts'

import { peerFields } from '../linux/process-table.ts'
import { Teller } from '../linux/teller.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { type BusMessage, callOfBus, MessageReader, text } from './wire.ts'

const usual = 'unix:path=/run/dbus/system_bus_socket'
const bus = 'org.freedesktop.DBus'
const CALL = 1
const maxNames = 50_000
/** Milliseconds that a call waits for who made it. */
const waitMs = 200

export const dbus: Sensor = {
  name: 'dbus',
  platform: 'linux',
  sees: 'calls over the system bus, with who makes them and who is called',
  probe,
  async start(options) {
    const sensor = new Monitor(options)
    await sensor.begin()
    return sensor
  },
}

function probe(): Probe {
  const path = socketPath()
  if (path === undefined)
    return { can: false, detail: 'the address of the bus is none of a socket' }
  if (!existsSync(path))
    return { can: false, detail: `there is no system bus (${path})` }
  if (process.getuid?.() !== 0)
    return { can: false, detail: 'the bus lets root alone listen' }
  return { can: true, detail: path }
}

function socketPath(): string | undefined {
  const address = process.env.DBUS_SYSTEM_BUS_ADDRESS ?? usual
  return /^unix:(?:.*,)?path=([^,;]+)/.exec(address)?.[1]
}

class Monitor implements RunningSensor {
  readonly #options: SensorOptions
  readonly #teller: Teller
  readonly #pids = new Recent<number>(maxNames)
  readonly #asked = new Map<number, string>()
  #asker: Socket | undefined
  #monitor: Socket | undefined
  #serial = 0
  #seen = 0

  constructor(options: SensorOptions) {
    this.#options = options
    this.#teller = new Teller(options)
  }

  async begin(): Promise<void> {
    this.#asker = await this.#open((m) => this.#answered(m))
    this.#monitor = await this.#open((m) => this.#told(m))
    const body = Buffer.alloc(8)
    const call = {
      interface: `${bus}.Monitoring`,
      member: 'BecomeMonitor',
      signature: 'asu',
      body,
    }
    this.#monitor.write(callOfBus(++this.#serial, call))
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: 0 }
  }

  stop(): void {
    this.#asker?.destroy()
    this.#monitor?.destroy()
    this.#teller.stop()
  }

  /** Says who we are, and hello. */
  #open(take: (message: BusMessage) => void): Promise<Socket> {
    const socket = connect(socketPath()!)
    const reader = new MessageReader()
    let isIn = false
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => {
        const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
        socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
      })
      socket.on('close', () => this.#options.failed('the bus hung up'))
      socket.on('data', (block: Buffer) => {
        if (isIn) return this.#take(reader, block, take)
        if (!block.toString('latin1').startsWith('OK ')) {
          reject(new Error(`the bus refuses: ${block.toString('latin1')}`))
          return
        }
        isIn = true
        socket.write('BEGIN\r\n')
        const hello = { interface: bus, member: 'Hello' }
        socket.write(callOfBus(++this.#serial, hello))
        resolve(socket)
      })
    })
  }

  #take(
    reader: MessageReader,
    block: Buffer,
    take: (message: BusMessage) => void,
  ): void {
    try {
      for (const message of reader.push(block)) take(message)
    } catch (error) {
      this.#options.failed((error as Error).message)
    }
  }

  #told(message: BusMessage): void {
    const { sender, destination, type, interface: of } = message
    const isOfBus = destination === bus && of === bus
    for (const name of [sender, destination]) if (name) this.#ask(name)
    // Hello and its like every client calls.
    if (type !== CALL || isOfBus || !sender) return
    this.#seen++
    const time = Date.now()
    // Most are known: who speaks said hello before.
    if (this.#pids.get(sender) !== undefined) this.#tell(message, time)
    else setTimeout(() => this.#tell(message, time), waitMs)
  }

  #tell(m: BusMessage, time: number): void {
    const pid = this.#pids.get(m.sender!)
    if (pid === undefined) return
    const peer = m.destination ? this.#pids.get(m.destination) : undefined
    const object = `${m.destination} ${m.interface}.${m.member}`
    this.#teller.tell('bus_call', pid, time, object, () => ({
      interface: m.interface,
      member: m.member,
      destination: m.destination,
      object_path: m.path,
      bus: 'system',
      ...peerFields(this.#teller.table, peer),
    }))
  }

  #ask(name: string): void {
    if (name === bus || this.#pids.get(name) !== undefined) return
    const serial = ++this.#serial
    this.#asked.set(serial, name)
    const call = {
      interface: bus,
      member: 'GetConnectionUnixProcessID',
      signature: 's',
      body: text(name),
    }
    this.#asker!.write(callOfBus(serial, call))
  }

  #answered({ replyTo, number }: BusMessage): void {
    if (replyTo === undefined) return
    const name = this.#asked.get(replyTo)
    this.#asked.delete(replyTo)
    if (name !== undefined && number !== undefined) this.#pids.set(name, number)
  }
}
