// `.lnk`: which program a shortcut starts, with which arguments. [MS-SHLLINK].
import { ItemWriter } from '../item.ts'
import { plainCommand } from './command-line.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes. Padding in front of arguments made some of 200 MB; the structures end before. */
const maxBytes = 16 * 1024 * 1024
/** 2.1: size of the header, and the class of links. */
const magic = '4c0000000114020000000000c000000000000046'
const headerBytes = 0x4c

export const shellLink: WholeFormat = {
  name: 'lnk',
  read: 'whole',
  maxBytes,
  detect: (head) => (head.toString('hex', 0, 20) === magic ? 3 : 0),
  take(bytes, options) {
    const writer = new ItemWriter('lnk', options)
    const link = readLink(bytes)
    if (link.damage) writer.damaged(link.damage, '')
    const program = link.target ?? link.relative ?? ''
    const written = [program, link.arguments].filter(Boolean).join(' ')
    if (written) {
      const { text, obfuscation } = plainCommand(written)
      writer.add({
        kind: 'action',
        text,
        source: written,
        target: text,
        obfuscation,
        targetMode: 'external',
        relation: 'command',
        ...(link.description && { around: link.description }),
      })
    }
    if (link.icon) {
      writer.add({
        kind: 'relation',
        text: `icon ${link.icon}`,
        target: link.icon,
        targetMode: 'external',
        relation: 'IconFile',
      })
    }
  },
}

interface Link {
  target?: string
  relative?: string
  description?: string
  arguments?: string
  icon?: string
  damage?: string
}

/** 2.1.1, the flags of the header. */
const HAS_ID_LIST = 0x01
const HAS_LINK_INFO = 0x02
const IS_UNICODE = 0x80
/** Any of what says where it leads, or with what. */
const TELLS = 0x7f
const strings = [
  [0x04, 'description'],
  [0x08, 'relative'],
  [0x10, 'folder'],
  [0x20, 'arguments'],
  [0x40, 'icon'],
] as const

/** What is there, as far as it goes. */
function readLink(bytes: Buffer): Link {
  const link: Link & { folder?: string } = {}
  try {
    const flags = bytes.readUInt32LE(0x14)
    let at = headerBytes
    if (flags & HAS_ID_LIST)
      at = within(bytes, at + 2 + bytes.readUInt16LE(at), 'the list of ids')
    if (flags & HAS_LINK_INFO) {
      const size = bytes.readUInt32LE(at)
      const end = within(bytes, at + size, 'what is linked')
      try {
        const target = linkInfoPath(bytes.subarray(at, end))
        if (target) link.target = target
      } catch {
        // What stands behind it acts all the same.
        link.damage = 'what is linked is not told where it says'
      }
      at = end
    }
    if (!(flags & TELLS)) link.damage = 'it says nothing of where it leads'
    const unit = flags & IS_UNICODE ? 2 : 1
    for (const [flag, name] of strings) {
      if (!(flags & flag)) continue
      const end = at + 2 + bytes.readUInt16LE(at) * unit
      const text = bytes.toString(
        unit === 2 ? 'utf16le' : 'latin1',
        at + 2,
        end,
      )
      within(bytes, end, 'a text')
      link[name] = text
      at = end
    }
    const expanded = environmentPath(bytes.subarray(at))
    if (expanded) link.target ??= expanded
  } catch (error) {
    const lies = error instanceof Outside ? error.message : 'a size or a text'
    link.damage = `cut off: ${lies} lies outside`
  }
  return link
}

class Outside extends Error {}

/** `end`, where there are bytes until there. */
function within(bytes: Buffer, end: number, what: string): number {
  if (end <= bytes.length) return end
  throw new Outside(`${what}, which ends at byte ${end},`)
}

/** 2.3: a local path, or a share and the path behind it. */
function linkInfoPath(info: Buffer): string | undefined {
  const flags = info.readUInt32LE(8)
  const base = flags & 1 ? textAt(info, info.readUInt32LE(16)) : ''
  const suffix = textAt(info, info.readUInt32LE(24))
  if (base) return base + suffix
  if (!(flags & 2)) return undefined
  const share = info.subarray(info.readUInt32LE(20))
  const name = textAt(share, share.readUInt32LE(8))
  return [name, suffix].filter(Boolean).join('\\')
}

/** Of a path, in bytes. */
const maxPath = 4096

function textAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at)
  const to = end < 0 ? bytes.length : end
  return bytes.toString('latin1', at, Math.min(to, at + maxPath))
}

/** 2.5.4, EnvironmentVariableDataBlock: the target with variables, as UTF-16 behind its ANSI form. */
function environmentPath(extra: Buffer): string | undefined {
  for (let at = 0; at + 8 <= extra.length; ) {
    const size = extra.readUInt32LE(at)
    // 2.5: a size below 4 ends the blocks.
    if (size < 4) return undefined
    if (size < 8) throw new Outside('a block without a kind')
    within(extra, at + size, 'a block')
    if (extra.readUInt32LE(at + 4) === 0xa0000001) {
      const wide = extra.toString('utf16le', at + 8 + 260, at + 8 + 260 + 520)
      return wide.split('\0')[0] || textAt(extra, at + 8)
    }
    at += size
  }
  return undefined
}
