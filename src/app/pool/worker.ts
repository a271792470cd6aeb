// A thread that takes orders one after the other: it reads pieces of files and does its job where the bytes are; only parts leave it.
import { parentPort } from 'node:worker_threads'

import { invariant } from '../../base/invariant.ts'

import { type Job, openTrack } from '../stations/index.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { awaitRoom, awaitTurn } from './turns.ts'
import { weightOf } from './weight.ts'

invariant(parentPort, 'worker.ts runs in a worker thread')
const port = parentPort
const send = (message: FromWorker) => port.postMessage(message)

/** Bytes read between two accounts of what was met: if the thread dies, no more than these are missing from it. */
const bytesBetweenAccounts = 64 * 1024 * 1024

let stop = new AbortController()

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') stop.abort()
  else {
    stop = new AbortController()
    fulfil(message, stop.signal).catch((error: unknown) => {
      const { stack } = error as Error
      send({ kind: 'failed', message: stack ?? String(error) })
    })
  }
})

async function fulfil(
  order: Extract<ToWorker, { kind: 'order' }>,
  signal: AbortSignal,
): Promise<void> {
  const track = await openTrack(JSON.parse(order.job) as Job)
  let unsaid = 0
  for (;;) {
    const piece = awaitTurn(order.turns, order.worker)
    if (piece === undefined) break
    const of = order.pieces[piece]!
    const report = await track.read(
      of,
      (batch) => {
        const bytes = weightOf(batch)
        awaitRoom(order.turns, order.worker, piece, bytes)
        send({ kind: 'batch', piece, batch, bytes })
      },
      signal,
    )
    send({ kind: 'done', piece, report })
    unsaid += of.bytes
    if (unsaid < bytesBetweenAccounts) continue
    unsaid = 0
    send({ kind: 'met', met: track.met() })
  }
  send({ kind: 'met', met: track.met() })
  send({ kind: 'finished' })
}
