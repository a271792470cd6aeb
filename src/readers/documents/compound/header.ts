// The head of a compound file (MS-CFB 2.2): where its table of sectors and its directory are. It may lie.
import type { Damage } from '../../../base/record.ts'

import { u16At, u32At } from '../binary/cursor.ts'

export const compoundMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex')

export interface CompoundHeader {
  readonly sectorBytes: number
  readonly miniSectorBytes: number
  readonly miniCutoff: number
  readonly firstDirectory: number
  readonly firstMiniFat: number
  /** Sectors that hold the table of sectors, in order. */
  readonly fatSectors: readonly number[]
}

/** Sectors that the table names in the head itself. */
const inHead = 109
const headBytes = 512
/** 2.2: 512 bytes or 4 KiB a sector; Office opens smaller and larger ones too. */
const sectorShifts = { least: 7, most: 16 }

export function readHeader(
  bytes: Buffer,
  told: (damage: Damage) => void,
): CompoundHeader | undefined {
  if (!bytes.subarray(0, 8).equals(compoundMagic) || bytes.length < headBytes) {
    told(damage(`a head of ${headBytes} bytes was expected`))
    return undefined
  }
  const shift = u16At(bytes, 30)
  const sound = shift >= sectorShifts.least && shift <= sectorShifts.most
  if (!sound) told(damage(`sector shift ${shift}, 9 or 12 expected; read as 9`))
  const sectorBytes = 1 << (sound ? shift : 9)
  const miniShift = u16At(bytes, 32)
  return {
    sectorBytes,
    miniSectorBytes: miniShift > 0 && miniShift < 12 ? 1 << miniShift : 64,
    miniCutoff: u32At(bytes, 56) || 4096,
    firstDirectory: u32At(bytes, 48),
    firstMiniFat: u32At(bytes, 60),
    fatSectors: fatSectorsOf(bytes, sectorBytes, told),
  }
}

function fatSectorsOf(
  bytes: Buffer,
  sectorBytes: number,
  told: (damage: Damage) => void,
): number[] {
  const sectors = Math.ceil(bytes.length / sectorBytes)
  const found: number[] = []
  const take = (from: number, count: number) => {
    for (let i = 0; i < count; i++) {
      const sector = u32At(bytes, from + i * 4)
      if (sector < sectors) found.push(sector)
    }
  }
  take(76, Math.min(inHead, Math.max(1, u32At(bytes, 44))))
  const seen = new Set<number>()
  const links = sectorBytes / 4 - 1
  let next = u32At(bytes, 68)
  while (next < sectors) {
    if (seen.has(next)) {
      told(damage(`the chain of its table of sectors comes back to ${next}`))
      break
    }
    seen.add(next)
    const at = (next + 1) * sectorBytes
    take(at, links)
    next = u32At(bytes, at + links * 4)
    if (at + sectorBytes > bytes.length) break
  }
  return found.length > sectors ? found.slice(0, sectors) : found
}

function damage(message: string): Damage {
  return { what: 'compound file', offset: 0, message }
}
