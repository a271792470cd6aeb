// Events of a sheet whose names stand in a column: one below the other, a name and its value in each row, or each in a column of its own.
import type { JsonObject } from '../flat/json-value.ts'
import { looksLikeEvent } from '../jsonl/known.ts'

/** Of a row, by their column. */
export type Cells = readonly (string | undefined)[]

/** Names that stand in the rows of a beginning that is looked at. */
const leastNames = 3
/** In UTF-16 units. */
const maxName = 128

/** The column of the names; undefined: they are in none. */
export function columnOfNames(rows: readonly Cells[]): number | undefined {
  const first = rows.reduce(
    (least, cells) => Math.min(least, cells.findIndex(Boolean) >>> 0),
    Number.MAX_SAFE_INTEGER,
  )
  const [object] = recordsDown(rows, first)
  return object && looksLikeEvent(object) ? first : undefined
}

/** What the rows say: a name that comes again, or a row without one, begins another event. */
export function recordsDown(
  rows: readonly Cells[],
  column: number,
): readonly JsonObject[] {
  const found: JsonObject[] = []
  let block = new Map<string, Cells>()
  const end = () => {
    if (block.size >= leastNames) append(found, objectsOf(block, column))
    block = new Map()
  }
  for (const cells of rows) {
    const name = cells[column]?.trim() ?? ''
    if (name === '' || block.has(name)) end()
    if (name !== '' && name.length <= maxName) block.set(name, cells)
  }
  end()
  return found
}

function append(into: JsonObject[], objects: readonly JsonObject[]) {
  for (const object of objects) into.push(object)
}

/** One for each column of values. */
function objectsOf(
  block: ReadonlyMap<string, Cells>,
  column: number,
): JsonObject[] {
  let width = 0
  for (const cells of block.values()) width = Math.max(width, cells.length)
  const objects: JsonObject[] = []
  for (let at = column + 1; at < width; at++) {
    const said = [...block].flatMap(([name, cells]): [string, string][] => {
      const value = cells[at] ?? ''
      return value === '' || name === '__proto__' ? [] : [[name, value]]
    })
    if (said.length >= leastNames) objects.push(Object.fromEntries(said))
  }
  return objects
}
