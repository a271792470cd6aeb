// What do `detection` of a rule and `filter` of a filter hold? Selections under their names, and conditions over them.
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap } from '../../../rule-text/yaml/value.ts'

import type { Detections } from '../ast.ts'
import { parseConditions } from '../condition/conditions.ts'
import { parseSelections } from '../detection/parse.ts'
import type { Problems } from '../problems.ts'

const notSelections = ['condition', 'timeframe']

/** The `rules` of a filter are no selection; those of a rule are. */
export function parseDetections(
  map: YamlMap,
  path: Path,
  problems: Problems,
): Detections {
  const others =
    path[0] === 'filter' ? [...notSelections, 'rules'] : notSelections
  const selections = parseSelections(map, path, problems, others)
  return { selections, conditions: parseConditions(map, path, problems), path }
}
