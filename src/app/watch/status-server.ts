// Where the numbers of a running watch can be asked for: on a socket in the folder of its state, which only its owner may open, and on
// loopback for those who gather metrics.
import { chmodSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest, type Server } from 'node:http'
import { join } from 'node:path'

import { isLoopback } from './config/units.ts'
import { metricsOf } from './metrics.ts'
import type { WatchStatus } from './status.ts'

export type StatusPlace =
  | { readonly folder: string }
  | { readonly host: string; readonly port: number }

const socketIn = (folder: string) => join(folder, 'status.sock')

/** Resolves when it listens. */
export function serveStatus(
  place: StatusPlace,
  status: () => WatchStatus,
): Promise<Server> {
  if ('host' in place && !isLoopback(place.host)) {
    throw new Error(
      `metrics ${place.host}:${place.port}: only loopback may ask`,
    )
  }
  const server = createServer((request, response) => {
    const [type, body] = answer(request.url ?? '/', status)
    response.writeHead(type ? 200 : 404, {
      'content-type': type || 'text/plain',
    })
    response.end(body)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    if ('host' in place) {
      server.listen(place.port, place.host, () => resolve(server))
      return
    }
    const path = socketIn(place.folder)
    rmSync(path, { force: true })
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve(server)
    })
  })
}

function answer(
  url: string,
  status: () => WatchStatus,
): [type: string, body: string] {
  switch (url) {
    case '/metrics':
      return ['text/plain; version=0.0.4', metricsOf(status())]
    case '/healthz':
      return ['text/plain', 'ok\n']
    case '/status':
      return ['application/json', `${JSON.stringify(status(), null, 2)}\n`]
    default:
      return ['', 'there are /metrics, /healthz and /status\n']
  }
}

/** Of the watch that runs with this folder. Rejects where none does. */
export function askStatus(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { socketPath: socketIn(folder), path: '/status', timeout: 5_000 },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve(text))
      },
    )
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject)
    request.end()
  })
}
