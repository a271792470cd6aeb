// A record that a made event rests on, as a piece of evidence.
import { digest } from '../base/digest.ts'

import type { MadeOf } from '../event/event.ts'

import { type EvidencePart, timeText } from './assemble.ts'
import { baseName } from '../base/base-name.ts'

export function evidenceOfMade(of: MadeOf): EvidencePart {
  const { file, record, offset } = of.origin
  const { product, category, service } = of
  const place = JSON.stringify({ file, record, offset })
  const logSource = JSON.stringify({ product, category, service })
  const content = `"time":${timeText(of.time)},"logSource":${logSource},"fields":${JSON.stringify(of.fields)}`
  const id = digest(
    [of.host, of.time, baseName(file), record, offset].join('\0'),
  )
  return {
    id,
    record: (id.a >>> 0) * 0x200000 + (id.b >>> 11),
    places: [place.slice(1, -1)],
    content,
  }
}
