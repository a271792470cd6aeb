// Files of sections and names that the shell looks at: `.url` (what a click on it opens), `.scf` and `desktop.ini` (where the icon comes from,
// which is fetched when the folder is only looked at).
// https://learn.microsoft.com/windows/win32/lwef/internet-shortcuts, …/shell/how-to-customize-folders-with-desktop-ini
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 1024 * 1024
/** Of a line, in UTF-16 units. */
const maxLine = 32 * 1024

const sections: Readonly<Record<string, DocumentFormat>> = {
  internetshortcut: 'url',
  shell: 'scf',
  '.shellclassinfo': 'desktop-ini',
}

/** Of the first sections the one that the shell knows. */
function formatOf(head: string): DocumentFormat | undefined {
  const match =
    /^(?:\xef\xbb\xbf|\ufeff)?[\s\0]*(?:\[[^\]\n]{1,64}\][^[]{0,2048})?\[(InternetShortcut|Shell(?=\])|\.ShellClassInfo(?=\]))/i.exec(
      head,
    )
  return match ? sections[match[1]!.toLowerCase()] : undefined
}

export const internetShortcut: WholeFormat = {
  name: 'url',
  read: 'whole',
  maxBytes,
  detect: (head) => (formatOf(head.toString('latin1', 0, 4096)) ? 3 : 0),
  take(bytes, options) {
    const text = bytes.toString('utf8')
    const writer = new ItemWriter(formatOf(text) ?? 'url', options)
    for (const [i, line] of text.split(/\r?\n/).entries()) {
      const match =
        /^\s*(URL|Icon(?:File|Resource)|WorkingDirectory|BASEURL)\s*=\s*(.+?)\s*$/i.exec(
          line.slice(0, maxLine),
        )
      if (!match) continue
      const [, name, target] = match as unknown as [string, string, string]
      const isOpened = name.toLowerCase() === 'url'
      const isIcon = name.toLowerCase().startsWith('icon')
      writer.add({
        kind: isOpened ? 'link' : 'relation',
        position: `line ${i + 1}`,
        text: `${name}=${target}`,
        target,
        targetMode: 'external',
        relation: isOpened ? 'hyperlink' : isIcon ? 'IconFile' : name,
      })
    }
  },
}
