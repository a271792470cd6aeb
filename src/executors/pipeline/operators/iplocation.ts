// iplocation: where an address is, as a database of places says.
import { SearchRefusal } from '../limit.ts'
import type { Place } from '../places.ts'
import { textOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

/** Addresses whose places are remembered. */
const maxRemembered = 10_000

export const iplocation: OperatorDefinition<'iplocation'> = {
  start(op, emit, { places }) {
    if (!places) throw noPlaces()
    let known = new Map<string, Place | undefined>()
    const find = (address: string) => {
      if (known.has(address)) return known.get(address)
      const place = places.find(address, op.languages)
      if (known.size >= maxRemembered) known = new Map()
      known.set(address, place)
      return place
    }
    return {
      push(row) {
        const [first] = toList(row.get(op.field))
        const place = first === undefined ? undefined : find(textOf(first))
        // What has no place gets no fields; of one that has, what is not known of it is an empty text.
        if (place)
          for (const name of op.parts)
            row.set(`${op.prefix}${name}`, place[name] ?? '')
        emit(row)
      },
    }
  },
}

function noPlaces(): SearchRefusal {
  return new SearchRefusal(
    '"iplocation" needs a database of places, and there is none',
    'give a GeoLite2, GeoIP2 or DB-IP file (.mmdb) with --geoip, or put it beside the lookup tables or the rules',
  )
}
