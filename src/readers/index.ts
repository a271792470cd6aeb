// Which formats are there, and which one is this?
import { auditd } from './auditd/index.ts'
import { evtx, evtxChunks } from './evtx/index.ts'
import { jsonl } from './jsonl/index.ts'
import type { Format } from './reader.ts'
import { windowsXml } from './windows-xml/index.ts'

/** Where two are equally sure, the earlier one is taken. */
export const formats: readonly Format[] = [
  evtx,
  evtxChunks,
  windowsXml,
  auditd,
  jsonl,
]

/** By content; the name decides only between formats that are equally sure. undefined: none of them. */
export function recogniseFormat(
  head: Buffer,
  name: string,
): Format | undefined {
  let best: Format | undefined
  let surest = 0
  for (const format of formats) {
    const sure = format.detect(head, name)
    if (sure > surest) {
      best = format
      surest = sure
    }
  }
  return best
}
