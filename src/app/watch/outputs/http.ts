// Findings to servers: a webhook of one's own, Splunk's HTTP Event Collector, Elasticsearch and OpenSearch. Each request can be repeated:
// the finding's id says that it is the same.
import { createHmac } from 'node:crypto'

import type { Finding } from '../../../findings/finding.ts'
import { hecEvent } from '../../../findings/sinks/splunk.ts'

import { NotNow, type Output, Refused } from './output.ts'
import { type Endpoint, post } from './post.ts'

const closing = async () => {}

export interface WebhookOptions extends Endpoint {
  /** The body is signed with it: HMAC-SHA256, as `x-ipcwatch-signature: sha256=<hex>`, over `<timestamp>.<body>`. */
  readonly secret?: string
  readonly token?: string
}

/** NDJSON; `idempotency-key` is the same when the same findings come again. */
export function webhook(name: string, options: WebhookOptions): Output {
  return {
    name,
    close: closing,
    async send(lines, signal) {
      const body = `${lines.join('\n')}\n`
      const stamp = String(Math.floor(Date.now() / 1000))
      const headers: Record<string, string> = {
        'content-type': 'application/x-ndjson',
        'idempotency-key': createHmac('sha256', 'ipcwatch')
          .update(body)
          .digest('hex'),
        ...(options.token !== undefined && {
          authorization: `Bearer ${options.token}`,
        }),
      }
      if (options.secret !== undefined) {
        const signature = createHmac('sha256', options.secret)
          .update(`${stamp}.${body}`)
          .digest('hex')
        headers['x-ipcwatch-timestamp'] = stamp
        headers['x-ipcwatch-signature'] = `sha256=${signature}`
      }
      await post(options, headers, body, signal)
    },
  }
}

export interface SplunkOptions extends Endpoint {
  readonly token: string
  readonly index?: string
}

/** Splunk, "Format events for HTTP Event Collector": objects one behind the other. */
export function splunkHec(
  name: string,
  { token, index, ...endpoint }: SplunkOptions,
): Output {
  return {
    name,
    close: closing,
    async send(lines, signal) {
      const body = lines
        .map((line) => hecEvent(JSON.parse(line) as Finding))
        .map((event) =>
          JSON.stringify(index === undefined ? event : { ...event, index }),
        )
        .join('\n')
      await post(
        endpoint,
        {
          authorization: `Splunk ${token}`,
          'content-type': 'application/json',
        },
        body,
        signal,
      )
    },
  }
}

export interface ElasticOptions extends Endpoint {
  readonly index: string
  /** `ApiKey …` or `Basic …`, as the header takes it. */
  readonly authorization?: string
  /** A finding as a document of the index's fields. */
  readonly document: (finding: Finding) => unknown
}

interface BulkAnswer {
  readonly errors?: boolean
  readonly items?: readonly {
    readonly create?: { readonly status: number; readonly error?: unknown }
  }[]
}

/** Elasticsearch, "Bulk API": an action and a document, each a line. What is there already is a conflict, and no fault. */
export function elastic(name: string, options: ElasticOptions): Output {
  const { index, authorization, document } = options
  const url = new URL(
    '_bulk',
    options.url.endsWith('/') ? options.url : `${options.url}/`,
  )
  const endpoint = { ...options, url: url.href }
  return {
    name,
    close: closing,
    async send(lines, signal) {
      const body = lines
        .map((line) => bulkLines(line, index, document))
        .join('')
      const headers = {
        'content-type': 'application/x-ndjson',
        ...(authorization !== undefined && { authorization }),
      }
      checkItems((await post(endpoint, headers, body, signal)).body)
    },
  }
}

function bulkLines(
  line: string,
  index: string,
  document: ElasticOptions['document'],
): string {
  const finding = JSON.parse(line) as Finding
  const action = { create: { _index: index, _id: finding.id } }
  return `${JSON.stringify(action)}\n${JSON.stringify(document(finding))}\n`
}

function checkItems(body: string): void {
  let answer: BulkAnswer
  try {
    answer = JSON.parse(body) as BulkAnswer
  } catch {
    throw new NotNow('the answer to _bulk is no JSON')
  }
  if (!answer.errors) return
  for (const { create } of answer.items ?? []) {
    const status = create?.status ?? 200
    if (status < 300 || status === 409) continue
    const said = `${status}: ${JSON.stringify(create?.error ?? '').slice(0, 200)}`
    if (status === 429 || status >= 500) throw new NotNow(said)
    throw new Refused(said)
  }
}
