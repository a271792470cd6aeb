// What does SDDL say? [MS-DTYP] 2.5.1: `O:BAG:BAD:(A;;CCDCLC;;;WD)`.
import { entryOf } from '../../base/entry.ts'

import {
  type AccessEntry,
  maxEntries,
  type ReadDescriptor,
} from './descriptor.ts'
import { sidOfLetters } from './sids.ts'

/** [MS-DTYP] 2.5.1.1: letters of rights. For DCOM CC, DC, LC, SW and RP are the five bits of COM. */
const rights: { readonly [letters: string]: number } = {
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  SD: 0x10000,
  RC: 0x20000,
  WD: 0x40000,
  WO: 0x80000,
  GA: 0x10000000,
  GX: 0x20000000,
  GW: 0x40000000,
  GR: 0x80000000,
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  KA: 0xf003f,
  KR: 0x20019,
  KW: 0x20006,
  KX: 0x20019,
}

/** In characters: a descriptor has at most 64 KiB. */
const maxLength = 256 * 1024

export function isSddl(text: string): boolean {
  return /^\s*(O:|G:|D:|S:)/.test(text)
}

export function readSddl(text: string): ReadDescriptor {
  if (!isSddl(text) || text.length > maxLength) return { fault: 'no SDDL' }
  const owner = accountOf(/O:(S-[\d-]+|[A-Z]{2})/.exec(text)?.[1])
  const group = accountOf(/G:(S-[\d-]+|[A-Z]{2})/.exec(text)?.[1])
  const heads = { ...(owner && { owner }), ...(group && { group }) }
  const begin = text.indexOf('D:')
  if (begin < 0) return { descriptor: { ...heads, entries: undefined } }
  const list = text.slice(begin + 2)
  if (/^\w*NO_ACCESS_CONTROL/.test(list)) {
    return { descriptor: { ...heads, entries: undefined } }
  }
  const entries: AccessEntry[] = []
  const fault = readEntries(list, entries)
  return { descriptor: { ...heads, entries }, ...(fault && { fault }) }
}

function readEntries(list: string, entries: AccessEntry[]): string | undefined {
  let at = list.search(/[(]|S:/)
  while (at >= 0 && list[at] === '(' && entries.length < maxEntries) {
    const end = list.indexOf(')', at)
    if (end < 0) return 'its last entry is not closed'
    const [type = '', flags = '', mask = '', , , account = ''] = list
      .slice(at + 1, end)
      .split(';')
    const sid = accountOf(account)
    const number = maskOf(mask)
    const applies = !/(?:^|..)IO/.test(flags) && (type === 'A' || type === 'D')
    if (applies) {
      if (!sid) return `"${account}" is no account`
      if (number === undefined) return `"${mask}" are no rights`
      entries.push({
        kind: type === 'A' ? 'allow' : 'deny',
        sid,
        mask: number,
      })
    }
    at = end + 1
  }
  return undefined
}

function accountOf(text = ''): string | undefined {
  return text.startsWith('S-') ? text : sidOfLetters(text)
}

function maskOf(text: string): number | undefined {
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16)
  if (/^\d{1,10}$/.test(text)) return Number(text) >>> 0
  let mask = 0
  for (let at = 0; at < text.length; at += 2) {
    const bit = entryOf(rights, text.slice(at, at + 2))
    if (bit === undefined) return undefined
    mask = (mask | bit) >>> 0
  }
  return mask
}
