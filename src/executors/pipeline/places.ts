// A database of places in MaxMind's format (GeoLite2, GeoIP2, DB-IP): the place of an address.
import { Reader, type Response } from 'mmdb-lib'

import {
  formatAddress,
  mappedAddress,
  readAddress,
} from '../../base/address.ts'

import type { PlacePart } from '../../ir/operator.ts'

export type Place = Readonly<Partial<Record<PlacePart, string | number>>>

export interface Places {
  /** Names in the first of these languages that the database has; `code`: codes of countries instead of names. */
  find(address: string, languages: readonly string[]): Place | undefined
}

/** Throws where the bytes are no such database, or one that knows no places. */
export function placesOf(database: Buffer): Places {
  // Records point at one another. Each is read once for an address, so that no chain of them multiplies.
  const seen = new Map<string | number, unknown>()
  const reader = readerOf(database, seen)
  const { databaseType, ipVersion } = reader.metadata
  if (!/city|country|enterprise|location|insights/i.test(databaseType))
    throw new Error(
      `it is a database of type "${databaseType}"; one of cities or countries was expected`,
    )
  return {
    find(text, languages) {
      const address = readAddress(text)
      const plain = address && (mappedAddress(address) ?? address)
      if (!plain || (plain.version === 6 && ipVersion === 4)) return undefined
      seen.clear()
      return placeOf(recordOf(reader, formatAddress(plain)), languages)
    },
  }
}

function readerOf(
  database: Buffer,
  cache: Map<string | number, unknown>,
): Reader<Response> {
  try {
    return new Reader(database, { cache })
  } catch {
    throw new Error("it is no database in MaxMind's format (.mmdb)")
  }
}

/** A record that is torn is none. */
function recordOf(reader: Reader<Response>, address: string): unknown {
  try {
    return reader.get(address)
  } catch {
    return undefined
  }
}

/** MaxMind, "GeoIP2 City database fields"; DB-IP's have the same. */
function placeOf(
  record: unknown,
  languages: readonly string[],
): Place | undefined {
  if (typeof record !== 'object' || record === null) return undefined
  const location = member(record, 'location')
  const named = (of: unknown, code: string) => nameOf(of, languages, code)
  const found: Record<PlacePart, string | number | undefined> = {
    City: named(member(record, 'city'), 'iso_code'),
    Continent: named(member(record, 'continent'), 'code'),
    Country: named(member(record, 'country'), 'iso_code'),
    MetroCode: single(member(location, 'metro_code')),
    Region: named(member(member(record, 'subdivisions'), '0'), 'iso_code'),
    Timezone: single(member(location, 'time_zone')),
    lat: single(member(location, 'latitude')),
    lon: single(member(location, 'longitude')),
  }
  const known = Object.entries(found).filter(([, v]) => v !== undefined)
  return known.length ? (Object.fromEntries(known) as Place) : undefined
}

function nameOf(
  of: unknown,
  languages: readonly string[],
  code: string,
): string | number | undefined {
  const names = member(of, 'names')
  for (const language of [...languages, 'en']) {
    const found =
      language === 'code' ? member(of, code) : member(names, language)
    if (found !== undefined) return single(found)
  }
  return undefined
}

function member(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name))
    return undefined
  return (of as Readonly<Record<string, unknown>>)[name]
}

function single(v: unknown): string | number | undefined {
  return typeof v === 'string' || (typeof v === 'number' && Number.isFinite(v))
    ? v
    : undefined
}
