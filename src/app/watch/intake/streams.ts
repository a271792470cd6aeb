// Lines from connections (auditd's af_unix plugin, laurel, anything that writes to a socket) and from standard input. Of several senders
// each one's lines stay whole; while there is no room nothing is read, and the senders wait.
import { lstatSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'

import type { KeptPositions } from '../../../sensors/event-log/positions.ts'

import type { Intake } from './intake.ts'

/** Of a line, in bytes: what is longer is handed on in parts. */
const maxLineBytes = 16 * 1024 * 1024
/** Of all lines whose end has not come, in bytes: beyond, they are handed on in parts. */
const maxOpenBytes = 64 * 1024 * 1024
let allOpenBytes = 0
/** Senders at a time. */
const maxConnections = 1_000
/** Milliseconds between two looks whether there is room again. */
const patienceMs = 50

const LF = 10

/** Resolves at the end of the stream, when all that came is durable. */
export async function takeLines(
  stream: AsyncIterable<Buffer>,
  intake: Intake,
  positions?: KeptPositions,
): Promise<void> {
  const sender = intake.sender()
  const accept = async (lines: Buffer) => {
    await sender.accept(positions ? positions.without(lines) : lines)
    positions?.keep()
  }
  let open: Buffer[] = []
  let openBytes = 0
  const holds = (bytes: number) => {
    allOpenBytes += bytes - openBytes
    openBytes = bytes
  }
  try {
    for await (const block of stream) {
      while (intake.isFull)
        await new Promise((done) => setTimeout(done, patienceMs))
      const end = block.lastIndexOf(LF) + 1
      const mayWait =
        openBytes + block.length <= maxLineBytes &&
        allOpenBytes + block.length <= maxOpenBytes
      if (end === 0 && mayWait) {
        open.push(Buffer.from(block))
        holds(openBytes + block.length)
        continue
      }
      const whole = end || block.length
      const lines = Buffer.concat([...open, block.subarray(0, whole)])
      open = whole < block.length ? [Buffer.from(block.subarray(whole))] : []
      holds(block.length - whole)
      await accept(lines)
    }
    await accept(Buffer.concat(open))
  } finally {
    sender.end()
    holds(0)
  }
}

export type ListenAt =
  | { readonly path: string }
  | { readonly host: string; readonly port: number }

/** Resolves when it listens. A socket's file that nobody listens on is replaced. */
export async function listenLines(
  at: ListenAt,
  intake: Intake,
  problem: (message: string) => void,
): Promise<Server> {
  const server = createServer((socket) => {
    takeLines(socket, intake).catch((error: Error) => {
      socket.destroy()
      problem(`${intake.name}: ${error.message}`)
    })
  })
  server.maxConnections = maxConnections
  if ('path' in at) await removeSocket(at.path)
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => resolve(server))
  })
}

async function removeSocket(path: string): Promise<void> {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isSocket()) throw new Error(`"${path}" is there and is no socket`)
  if (await isHeard(path)) throw new Error(`somebody else listens on "${path}"`)
  rmSync(path)
}

function isHeard(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
