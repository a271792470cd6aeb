// Text that queues and streams carry in base64, often packed besides: Kinesis, Firehose, Pub/Sub, CloudWatch's subscriptions, QRadar.
import { gunzipSync } from 'node:zlib'

/** In bytes, unpacked. Queues take some megabytes at most. */
const maxUnpacked = 16 * 1024 * 1024
/** Bytes that one packed byte may become, of texts that unpack to more than a little; logs become some ten. */
const maxExpansion = 128
const little = 256 * 1024
/** In UTF-16 units; shorter texts hold no event. */
const minLength = 64

const alphabet = /^[A-Za-z0-9+/\r\n_-]+={0,2}\s*$/

const carrying = new Set([
  'data',
  'data_base64',
  'raw',
  'payload',
  'utf8_payload',
  'base64_payload',
  'payload_base64',
  'body',
  'value',
  'content',
])

/** What base64 makes of the first bytes of gzip: no other text begins so. */
const packed = 'H4sI'

/** Members of that name hold what is carried, and packed text says so itself. */
export function mayBeEncoded(name: string, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= minLength &&
    (carrying.has(name.toLowerCase()) || value.startsWith(packed)) &&
    alphabet.test(value)
  )
}

/** undefined: it is no text. `told` hears where it was too much of it, in words. */
export function decodedText(
  value: string,
  told: (why: string) => void,
): string | undefined {
  const bytes = Buffer.from(value, 'base64')
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    const plain = isPacked
      ? gunzipSync(bytes, { maxOutputLength: mostOf(bytes) })
      : bytes
    const encoding = plain[1] === 0 && plain[3] === 0 ? 'utf-16le' : 'utf-8'
    return new TextDecoder(encoding, { fatal: true }).decode(plain)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      told(`packed text gives over ${mostOf(bytes)} bytes; it was not opened`)
    }
    return undefined
  }
}

function mostOf(packed: Buffer): number {
  return Math.min(maxUnpacked, Math.max(little, packed.length * maxExpansion))
}
