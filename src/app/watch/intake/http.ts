// An HTTP server on loopback that forwarders can point to as if it were Splunk, Elasticsearch, an OpenTelemetry collector, or nothing
// but a place for lines. A request is answered when its events are durable; where there is no room the sender is told to wait.
import { timingSafeEqual } from 'node:crypto'
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

import { isLoopback } from '../config/units.ts'

import { type Intake, NoRoom } from './intake.ts'
import { linesOf, type Shape, shapeOf } from './shapes.ts'

export interface HttpIntakeOptions {
  readonly host: string
  readonly port: number
  /** What `Authorization` must hold behind `Splunk`, `Bearer` or `ApiKey`; absent: nobody is asked. */
  readonly token?: string
}

/** Of a body, unpacked, in bytes. */
const maxBodyBytes = 32 * 1024 * 1024
/** Of all bodies that are on their way, in bytes. */
const maxOpenBytes = 64 * 1024 * 1024
/** Senders at a time. */
const maxConnections = 1_000
/** Seconds that a sender is told to wait. */
const retryAfter = '2'
/** Milliseconds for a request to come whole. */
const requestTimeoutMs = 30_000

/** Resolves when it listens. Rejects where it would be open to others without a token, or the port is taken. */
export function listenHttp(
  options: HttpIntakeOptions,
  intake: Intake,
): Promise<Server> {
  const { host, port, token } = options
  if (!isLoopback(host) && token === undefined) {
    throw new Error(
      `http ${host}:${port}: open to others, and no token is asked for`,
    )
  }
  const open = { bytes: 0 }
  const server = createServer((request, response) => {
    answer(request, options, intake, open).then(
      ([status, body]) => reply(response, status, body),
      (error: Error) => {
        const isFull = error instanceof NoRoom
        if (isFull) intake.turnedAway++
        reply(response, isFull ? 429 : 400, { error: error.message })
      },
    )
  })
  server.requestTimeout = requestTimeoutMs
  server.maxConnections = maxConnections
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

type Answer = readonly [status: number, body: unknown]

async function answer(
  request: IncomingMessage,
  { token }: HttpIntakeOptions,
  intake: Intake,
  open: OpenBodies,
): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (request.method === 'GET' || request.method === 'HEAD')
    return greeting(path)
  const shape =
    request.method === 'POST' || request.method === 'PUT'
      ? shapeOf(path)
      : undefined
  if (!shape) return [404, { error: `nothing takes ${request.method} ${path}` }]
  if (token !== undefined && !isToken(request.headers.authorization, token)) {
    return [401, { error: 'the token is missing or wrong', code: 3 }]
  }
  if (intake.isFull) {
    intake.turnedAway++
    return [429, { error: 'too much waits to be judged', code: 9 }]
  }
  const packed = request.headers['content-encoding'] ?? 'identity'
  const unpack = unpackers.get(packed.toLowerCase())
  // To take it as it is would be to lose it: nothing that is packed so is read.
  if (!unpack) return [415, { error: `nothing here unpacks "${packed}"` }]
  const body = await bodyOf(unpack(request), open)
  if (body === 'too large')
    return [413, { error: `over ${maxBodyBytes} bytes` }]
  if (body === 'too many') {
    intake.turnedAway++
    return [429, { error: 'too much is on its way', code: 9 }]
  }
  const lines = linesOf(shape, body)
  await intake.accept(lines)
  return [200, taken(shape, lines)]
}

/** What forwarders ask before they send anything. */
function greeting(path: string): Answer {
  if (path === '/') {
    return [
      200,
      {
        name: 'ipcwatch',
        cluster_name: 'ipcwatch',
        version: { number: '8.17.0', build_flavor: 'default' },
        tagline: 'You Know, for Search',
      },
    ]
  }
  if (path.startsWith('/services/collector/health'))
    return [200, { text: 'HEC is healthy', code: 17 }]
  if (path === '/_license')
    return [200, { license: { status: 'active', type: 'basic' } }]
  return [404, { error: `nothing is at ${path}` }]
}

function taken(shape: Shape, lines: Buffer): unknown {
  switch (shape) {
    case 'objects':
      return { text: 'Success', code: 0 }
    case 'bulk': {
      let count = 0
      for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, at + 1))
        count++
      const created = { create: { status: 201, result: 'created' } }
      return {
        took: 0,
        errors: false,
        items: Array.from({ length: count }, () => created),
      }
    }
    case 'document':
      return { partialSuccess: {} }
    case 'lines':
      return { text: 'Success', code: 0 }
  }
}

interface OpenBodies {
  bytes: number
}

/** By how a body says that it is packed. */
const unpackers = new Map<string, (body: IncomingMessage) => Readable>([
  ['identity', (body) => body],
  ['gzip', (body) => body.pipe(createGunzip())],
  ['x-gzip', (body) => body.pipe(createGunzip())],
  ['deflate', (body) => body.pipe(createInflate())],
  ['br', (body) => body.pipe(createBrotliDecompress())],
])

async function bodyOf(
  stream: Readable,
  open: OpenBodies,
): Promise<Buffer | 'too large' | 'too many'> {
  const blocks: Buffer[] = []
  let bytes = 0
  try {
    for await (const block of stream as AsyncIterable<Buffer>) {
      bytes += block.length
      open.bytes += block.length
      if (bytes > maxBodyBytes) return 'too large'
      if (open.bytes > maxOpenBytes) return 'too many'
      blocks.push(block)
    }
    return Buffer.concat(blocks)
  } finally {
    open.bytes -= bytes
  }
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(
    (header ?? '').replace(/^(?:Splunk|Bearer|ApiKey) /, ''),
  )
  const wanted = Buffer.from(token)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-elastic-product': 'Elasticsearch',
    ...(status === 429 && { 'retry-after': retryAfter }),
    // What is still to come of its body is not waited for.
    ...((status === 413 || status === 429) && { connection: 'close' }),
  })
  response.end(text)
}
