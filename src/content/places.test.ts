import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { mmdb } from '../../test/tools/mmdb-writer.ts'

import { type Places, placesOf } from '../executors/pipeline/places.ts'

import { openPlaces } from './places.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-places-'))
afterAll(() => rmSync(folder, { recursive: true }))

const country = { country: { names: { en: 'Austria' } } }
const city = { ...country, city: { names: { en: 'Vienna' } } }

function written(name: string, bytes: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const cities = written('GeoLite2-City.mmdb', mmdb({ '192.0.2.0/24': city }))
const countries = written(
  'a-country.mmdb',
  mmdb({ '192.0.2.0/24': country }, 'DBIP-Country-Lite'),
)
const networks = written('asn.mmdb', mmdb({ '192.0.2.0/24': 'x' }, 'ASN'))

describe('a database of places', () => {
  it('that knows cities goes before one that knows countries', async () => {
    const { places, problems } = await openPlaces([countries, cities])
    expect(places!.find('192.0.2.1', [])).toEqual({
      City: 'Vienna',
      Country: 'Austria',
    })
    expect(problems).toEqual([])
  })

  it('is no other database, and no other file; both are said', async () => {
    const text = written('text.mmdb', Buffer.from('no database at all'))
    const { places, problems } = await openPlaces([
      networks,
      text,
      join(folder, 'missing.mmdb'),
      folder,
    ])
    expect(places).toBeUndefined()
    expect(problems).toHaveLength(4)
    expect(problems[0]).toContain(
      'it is a database of type "ASN"; one of cities or countries was expected',
    )
    expect(problems[2]).toContain('no such file or folder')
  })

  it('that is torn anywhere knows less, and nothing ends', () => {
    const whole = mmdb({ '192.0.2.0/24': city, '2001:db8::/32': country })
    for (let at = 0; at < whole.length; at++) {
      const torn = Buffer.from(whole)
      torn[at]! ^= 0xff
      const places = placesOrError(torn)
      if (places instanceof Error) continue
      places.find('192.0.2.1', ['de', 'code'])
      places.find('2001:db8::1', [])
    }
  })
})

/** What is no database is an error of one line. */
function placesOrError(database: Buffer): Places | Error {
  try {
    return placesOf(database)
  } catch (error) {
    return error as Error
  }
}
