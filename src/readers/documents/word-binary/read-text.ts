// The fields of a binary Word document's text: 0x13 begins one, 0x14 parts its code from its result, 0x15 ends it (MS-DOC
// 2.8.25).
import { FieldBuilder } from '../fields/builder.ts'
import type { FieldStory } from '../fields/story.ts'

import type { StoryText } from './text.ts'

export function readFields(
  stories: readonly StoryText[],
  fields: FieldStory,
  stream: string,
  offsetOf: (at: number) => number | undefined,
): void {
  const builder = new FieldBuilder(fields)
  for (const { name, text, byteOf } of stories) {
    let from = 0
    for (const mark of text.matchAll(/[\x13\x14\x15]/g)) {
      builder.text(readable(text.slice(from, mark.index)))
      from = mark.index + 1
      if (mark[0] === '\x14') builder.separate()
      else if (mark[0] === '\x15') builder.end()
      else {
        const offset = offsetOf(byteOf(mark.index))
        builder.begin({
          part: stream,
          position: `${name}, character ${mark.index}`,
          ...(offset !== undefined && { offset }),
        })
      }
    }
    builder.text(readable(text.slice(from)))
    builder.finish()
  }
}

/** Without the characters that stand for pictures, objects and notes (2.8.26). */
function readable(text: string): string {
  return text.replace(/[\x00-\x08]/g, '')
}
