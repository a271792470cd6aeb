// `.url`: what a click on it opens, and where its icon comes from, which is fetched when its folder is looked at.
// https://learn.microsoft.com/windows/win32/lwef/internet-shortcuts
import { ItemWriter } from '../item.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 1024 * 1024

export const internetShortcut: WholeFormat = {
  name: 'url',
  read: 'whole',
  maxBytes,
  detect: (head) =>
    /^(?:\xef\xbb\xbf)?[\s\0]*(?:\[[^\]\n]{1,64}\][^[]{0,2048})?\[InternetShortcut/i.test(
      head.toString('latin1', 0, 4096),
    )
      ? 3
      : 0,
  take(bytes, options) {
    const writer = new ItemWriter('url', options)
    for (const [i, line] of bytes.toString('utf8').split(/\r?\n/).entries()) {
      const match =
        /^\s*(URL|IconFile|WorkingDirectory|BASEURL)\s*=\s*(.+?)\s*$/i.exec(
          line.slice(0, maxLine),
        )
      if (!match) continue
      const [, name, target] = match as unknown as [string, string, string]
      const isOpened = name.toLowerCase() === 'url'
      writer.add({
        kind: isOpened ? 'link' : 'relation',
        position: `line ${i + 1}`,
        text: `${name}=${target}`,
        target,
        targetMode: 'external',
        relation: isOpened ? 'hyperlink' : name,
      })
    }
  },
}

/** Of a line, in UTF-16 units. */
const maxLine = 32 * 1024
