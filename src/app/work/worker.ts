// A thread that reads pieces of files and does its job where the bytes are; only text and counts leave it.
import { parentPort } from 'node:worker_threads'

import { invariant } from '../../base/invariant.ts'

import { openJob } from './job.ts'
import type { FromWorker, WorkOrder } from './pool.ts'
import { awaitTurn } from './turns.ts'

invariant(parentPort, 'worker.ts runs in a worker thread')
const port = parentPort
const send = (message: FromWorker) => port.postMessage(message)

port.once('message', async ({ config, pieces, turns }: WorkOrder) => {
  try {
    const job = await openJob(JSON.parse(config))
    for (;;) {
      const piece = awaitTurn(turns)
      if (piece === undefined) break
      const report = await job.read(pieces[piece]!, (batch) =>
        send({ kind: 'batch', piece, batch }),
      )
      send({ kind: 'done', piece, report })
    }
    send({ kind: 'account', account: job.account() })
  } catch (error) {
    send({ kind: 'failed', message: (error as Error).stack ?? String(error) })
  }
})
