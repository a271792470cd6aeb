// What does a Sigma document say about itself?
import type { RuleMeta } from '../../../ir/rule.ts'

import type { HeadFault } from '../../../rule-text/head.ts'
import { readHead } from '../../../rule-text/head.ts'
import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import { describe, quote } from '../../../rule-text/yaml/value.ts'

import type { SigmaCode } from '../codes.ts'
import type { Problems } from '../problems.ts'

const codes: Readonly<Record<HeadFault, SigmaCode>> = {
  'wrong-type': 'S007',
  level: 'S008',
  title: 'S051',
  id: 'S052',
  date: 'S053',
  status: 'S054',
  tag: 'S055',
  'unknown-key': 'S056',
}

/** Keys of the specification's three schemas besides those of every head. */
const ownKeys = [
  'taxonomy',
  'logsource',
  'detection',
  'correlation',
  'filter',
  'fields',
]

export function parseHead(
  map: YamlMap,
  problems: Problems,
  line: number,
): RuleMeta {
  checkTaxonomy(map, problems)
  return readHead(map, {
    file: problems.file,
    line,
    ownKeys,
    isClosed: false,
    shown: 'fields',
    report: (fault, place, message, hint) =>
      problems.report(codes[fault], place, message, hint),
  })
}

/** Only Sigma's own field names are known here; another taxonomy means other names for the same things. */
function checkTaxonomy(map: YamlMap, problems: Problems) {
  const value = map.get('taxonomy')
  if (value === undefined || value === null || value === 'sigma') return
  problems.report(
    'S009',
    { path: ['taxonomy'] },
    `the fields are named by the taxonomy ${typeof value === 'string' ? quote(value) : describe(value)}, which is not known here`,
    'rename the fields to those of Sigma\'s own taxonomy and drop "taxonomy"',
  )
}
