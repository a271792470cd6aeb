// A thread that reads pieces of files and runs the rules where the bytes are; only findings and counts leave it.
import { parentPort, workerData } from 'node:worker_threads'

import { invariant } from '../base/invariant.ts'

import type { Piece } from './batch.ts'
import { Engine, type EngineConfig } from './engine.ts'
import type { FromWorker } from './pool.ts'

invariant(parentPort, 'worker.ts runs in a worker thread')
const port = parentPort
const engine = new Engine(JSON.parse(workerData as string) as EngineConfig)
const send = (message: FromWorker) => port.postMessage(message)

port.on('message', async (message: Piece | 'account') => {
  if (message === 'account') {
    send({ kind: 'account', account: engine.account() })
    return
  }
  try {
    const report = await engine.read(message, (batch) =>
      send({ kind: 'batch', batch }),
    )
    send({ kind: 'done', report })
  } catch (error) {
    send({ kind: 'failed', message: (error as Error).stack ?? String(error) })
  }
})
send({ kind: 'ready' })
