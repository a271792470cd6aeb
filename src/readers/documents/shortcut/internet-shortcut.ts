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

/** Where a section that the shell knows begins; a name may have blanks around it. */
const known =
  /^(?:\xef\xbb\xbf|\ufeff)?[ \t\0]*\[[ \t]*(InternetShortcut[^\]\r\n]{0,32}|Shell|\.ShellClassInfo)[ \t]*\]/gim
const firstSection =
  /^(?:\xef\xbb\xbf|\ufeff)?[\s\0]*(?:\[[^\]\n]{1,64}\][^[]{0,2048})?$/
const ownName = /(?:\.(?:url|website|scf)|(?:^|[\\/])desktop\.ini)$/i

/** Whoever reads such a file passes over what is no section, so under its own name anything may stand before; elsewhere one more section. */
function formatOf(head: string, name: string): DocumentFormat | undefined {
  known.lastIndex = 0
  const match = known.exec(head)
  if (!match) return undefined
  const before = head.slice(0, match.index)
  if (!ownName.test(name) && !firstSection.test(before)) return undefined
  const section = match[1]!.toLowerCase().trim()
  return sections[section.startsWith('internet') ? 'internetshortcut' : section]
}

/** So much of a file tells what it is, in bytes. */
const headBytes = 64 * 1024

/** Sections whose names end in `.W` have their values in UTF-7 (RFC 2152), which Windows prefers to those of the others. */
function fromUtf7(text: string): string {
  return text.replaceAll(/\+([A-Za-z\d+/]*)-?/g, (whole, base64: string) => {
    if (base64 === '') return whole === '+-' ? '+' : whole
    const bytes = Buffer.from(base64, 'base64')
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le')
  })
}

export const internetShortcut: WholeFormat = {
  name: 'url',
  read: 'whole',
  maxBytes,
  detect: (head, name) =>
    formatOf(head.toString('latin1', 0, headBytes), name) ? 3 : 0,
  take(bytes, options) {
    const text = bytes.toString('utf8')
    let isWide = false
    const writer = new ItemWriter(
      formatOf(text.slice(0, headBytes), options.file ?? '') ?? 'url',
      options,
    )
    for (const [i, line] of text.split(/\r\n?|\n/).entries()) {
      const section = /^\s*\[([^\]]{1,64})\]/.exec(line)?.[1]
      if (section !== undefined) isWide = /\.W\s*$/i.test(section)
      const match =
        /^\s*(URL|Icon(?:File|Resource)|WorkingDirectory|BASEURL)\s*=\s*(.+?)\s*$/i.exec(
          line.slice(0, maxLine),
        )
      if (!match) continue
      const [, name, written] = match as unknown as [string, string, string]
      const target = isWide ? fromUtf7(written) : written
      const isOpened = name.toLowerCase() === 'url'
      const isIcon = name.toLowerCase().startsWith('icon')
      writer.add({
        kind: isOpened ? 'link' : 'relation',
        position: `line ${i + 1}`,
        text: `${name}=${target}`,
        ...(target !== written && { source: `${name}=${written}` }),
        target,
        targetMode: 'external',
        relation: isOpened ? 'hyperlink' : isIcon ? 'IconFile' : name,
      })
    }
  },
}
