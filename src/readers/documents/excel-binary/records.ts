// The records of a binary workbook: a type, a length, a body (MS-XLS 2.1.4). What does not fit into one goes on in
// CONTINUE records, which are joined to it here.
import type { Damage } from '../../../base/record.ts'

export interface BinaryRecord {
  readonly type: number
  readonly at: number
  readonly body: Buffer
  /** Where in the body its CONTINUE records begin: text that crosses such a place has another flag byte there. */
  readonly joints: readonly number[]
}

const continued = 0x3c
/** Of one record with what continues it, in bytes. */
const maxBody = 32 * 1024 * 1024

/** Types whose bodies are worth joining; of others each CONTINUE is passed over. */
export function* recordsOf(
  stream: Buffer,
  joined: ReadonlySet<number>,
  told: (damage: Damage) => void,
): Generator<BinaryRecord> {
  let at = 0
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at)
    const declared = stream.readUInt16LE(at + 2)
    const end = Math.min(at + 4 + declared, stream.length)
    if (end < at + 4 + declared)
      told({
        what: 'workbook record',
        offset: at,
        message: `type 0x${type.toString(16)} has ${end - at - 4} bytes of ${declared}`,
      })
    const first = stream.subarray(at + 4, end)
    if (joined.has(type)) {
      const whole = withContinued(stream, first, end)
      yield { type, at, body: whole.body, joints: whole.joints }
      at = whole.end
    } else {
      // Zeros behind the last record are filling.
      if (type !== 0 || declared !== 0)
        yield { type, at, body: first, joints: none }
      at = end
    }
  }
}

const none: readonly number[] = []

function withContinued(stream: Buffer, first: Buffer, from: number) {
  const parts = [first]
  const joints: number[] = []
  let length = first.length
  let end = from
  while (
    end + 4 <= stream.length &&
    stream.readUInt16LE(end) === continued &&
    length < maxBody
  ) {
    const next = Math.min(end + 4 + stream.readUInt16LE(end + 2), stream.length)
    joints.push(length)
    parts.push(stream.subarray(end + 4, next))
    length += next - end - 4
    end = next
  }
  return {
    body: parts.length === 1 ? first : Buffer.concat(parts),
    joints,
    end,
  }
}
