// Are the clocks of a source wrong by whole hours? Its first records tell, before any of its events is shown.
import { openReader } from '../../readers/index.ts'
import type { StreamFormat, WholeFormat } from '../../readers/reader.ts'

import { ClockWatch } from '../../normalise/clocks.ts'
import type { Clocks } from '../../normalise/provider.ts'

/** What a source without it holds need not be read twice. */
const utc = 'UtcTime'

/** `head`: the beginning of the source, as much as there is of it at once. */
export function clocksOf(
  format: StreamFormat | WholeFormat,
  head: Buffer,
): Clocks | undefined {
  if (format.read !== 'stream' || !head.includes(utc)) return undefined
  const watch = new ClockWatch()
  const nothing = () => {}
  const reader = openReader(format, {
    sink: {
      record: (record) => watch.record(record),
      skipped: nothing,
      damaged: nothing,
      unknownShape: nothing,
      shapeSeen: nothing,
    },
  })
  reader.push(head)
  // A record that the head cuts off is read in its turn.
  reader.end()
  return watch.clocks()
}
