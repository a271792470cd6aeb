// One request to a server that takes findings: bounded in time and in what is read of the answer; an answer is one of "has it", "not now"
// and "never".
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

import { NotNow, Refused } from './output.ts'

export interface Endpoint {
  readonly url: string
  /** Certificates to trust besides the system's, as PEM. */
  readonly ca?: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Milliseconds without a sign of life. */
const timeoutMs = 15_000
/** Milliseconds for all of it: an answer may come letter by letter. */
const wholeMs = 60_000
/** Of an answer, in bytes. */
const maxAnswerBytes = 4 * 1024 * 1024

export async function post(
  { url, ca }: Endpoint,
  headers: Readonly<Record<string, string>>,
  body: string,
  stop: AbortSignal,
): Promise<Answer> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(wholeMs)])
  const answer = await exchange({ url, ca, headers, signal }, body)
  const { status, retryAfter } = answer
  if (status >= 200 && status < 300) return answer
  const said = `${status} from ${new URL(url).host}: ${answer.body.slice(0, 200)}`
  // What is too large or not understood stays so; who may not yet write, may be allowed to.
  if (status === 400 || status === 413 || status === 422)
    throw new Refused(said)
  throw new NotNow(said, retryAfter)
}

interface Call {
  readonly url: string
  readonly ca: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

function exchange(
  { url, ca, headers, signal }: Call,
  body: string,
): Promise<Answer & { retryAfter: number | undefined }> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      timeout: timeoutMs,
      signal,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      ...(ca !== undefined && { ca }),
    }
    const request = send(url, options, (response) => {
      const blocks: Buffer[] = []
      let bytes = 0
      response.on('data', (block: Buffer) => {
        bytes += block.length
        if (bytes <= maxAnswerBytes) blocks.push(block)
        else
          request.destroy(new Error(`over ${maxAnswerBytes} bytes of answer`))
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(blocks).toString(),
          retryAfter: milliseconds(response.headers['retry-after']),
        }),
      )
    })
    request.on('timeout', () =>
      request.destroy(new Error(`no answer in ${timeoutMs / 1000} s`)),
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** RFC 9110, 10.2.3: seconds, or a date; at most an hour is waited. */
function milliseconds(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined
  const seconds = Number(retryAfter)
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : undefined
}
