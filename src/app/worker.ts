// A thread that reads pieces of files and does its job where the bytes are; only text and counts leave it.
import { parentPort, workerData } from 'node:worker_threads'

import { invariant } from '../base/invariant.ts'

import type { Piece } from './batch.ts'
import { type JobConfig, openJob } from './job.ts'
import type { FromWorker } from './pool.ts'

invariant(parentPort, 'worker.ts runs in a worker thread')
const port = parentPort
const job = openJob(JSON.parse(workerData as string) as JobConfig)
const send = (message: FromWorker) => port.postMessage(message)

port.on('message', async (message: Piece | 'account') => {
  if (message === 'account') {
    send({ kind: 'account', account: job.account() })
    return
  }
  try {
    const report = await job.read(message, (batch) =>
      send({ kind: 'batch', batch }),
    )
    send({ kind: 'done', report })
  } catch (error) {
    send({ kind: 'failed', message: (error as Error).stack ?? String(error) })
  }
})
send({ kind: 'ready' })
