// What a finding that rests on rarity says of it: how often, out of how many, since when.
import {
  firstField,
  rarityKinds,
  sightingKinds,
} from '../enrich/rarity/kinds.ts'

import type { Finding } from './finding.ts'

const fields = [...rarityKinds.map((k) => sightingKinds[k].field), firstField]

/** Each once, of all records that it rests on. */
export function rareIn({ evidence }: Finding): readonly string[] {
  const reasons = evidence.flatMap(({ fields: told }) =>
    fields.flatMap((field) => {
      const reason = told[`${field}Reason`]
      return told[field] === 'true' && typeof reason === 'string' ? reason : []
    }),
  )
  return [...new Set(reasons)]
}
