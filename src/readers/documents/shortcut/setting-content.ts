// `.settingcontent-ms`: a shortcut to a page of Windows' settings, which starts whatever its DeepLink names.
// https://posts.specterops.io/the-tale-of-settingcontent-ms-files-f1ea253e4d39
import { ItemWriter } from '../item.ts'
import { plainCommand } from './command-line.ts'
import type { WholeFormat } from '../../reader.ts'
import { decodeXml, scanPart } from '../xml.ts'
import { rootOf } from '../xml-root.ts'

/** In bytes. */
const maxBytes = 1024 * 1024

const mark =
  /<SearchableContent\b|schemas\.microsoft\.com\/Search\/2013\/SettingContent/i
const markedBytes = 64 * 1024

export const settingContent: WholeFormat = {
  name: 'settingcontent-ms',
  read: 'whole',
  maxBytes,
  detect(head) {
    const root = rootOf(head)
    if (!root || !/^(?:PCSettings|SearchableContent)$/i.test(root.name))
      return 0
    return mark.test(decodeXml(head.subarray(0, markedBytes)).text) ? 3 : 0
  },
  take(bytes, options) {
    const writer = new ItemWriter('settingcontent-ms', options)
    const xml = decodeXml(bytes)
    let element = ''
    let text = ''
    let offset = 0
    scanPart(
      xml,
      {
        open(name, _, at) {
          // What stands in others within it is text of it as well.
          if (element === 'DeepLink' || element === 'Icon') return
          element = name
          text = ''
          offset = xml.offsetOf(at)
        },
        text(t) {
          text += t
        },
        close(name) {
          if (name !== element) return
          element = ''
          const target = text.trim()
          if (!target) return
          const isStarted = name === 'DeepLink'
          if (!isStarted && name !== 'Icon') return
          const plain = isStarted ? plainCommand(target) : { text: target }
          writer.add({
            kind: isStarted ? 'action' : 'relation',
            offset,
            ...plain,
            text: `${name} ${plain.text}`,
            source: `${name} ${target}`,
            target: plain.text,
            targetMode: 'external',
            relation: name,
          })
        },
      },
      (p) => writer.damaged(p, ''),
    )
  },
}
