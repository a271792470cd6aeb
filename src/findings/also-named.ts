// A file that has several names (links) was read under one; a finding names its evidence under all of them.
import { type Place, maxPlaces } from './finding.ts'
import { WrittenText, type WrittenFinding } from './written.ts'

/** By the name under which a file was read: its other names. */
export type OtherNames = ReadonlyMap<string, readonly string[]>

/**
 * A place as evidence begins with it. Within a text no quotation mark stands alone, and an object of fields stands behind a colon:
 * neither can be taken for one.
 */
const evidence =
  /(?<=[[,])\{("file":"(?:[^"\\]|\\.)*","record":\d+,"offset":\d+)(?:,"places":(\[[^\]]*\]))?(?=,"time":)/g

/** The finding itself where none of its files has another name. */
export function alsoNamed(
  written: WrittenFinding,
  names: OtherNames,
): WrittenFinding {
  if (names.size === 0) return written
  const before = written.text()
  const after = before.replace(evidence, (all, own: string, more?: string) => {
    const first = JSON.parse(`{${own}}`) as Place
    const places = more ? (JSON.parse(more) as Place[]) : [first]
    const others = places.flatMap((p) => othersOf(p, names))
    if (others.length === 0) return all
    const each = [...places, ...others].map((p) => JSON.stringify(p)).sort()
    return `{${own},"places":[${each.slice(0, maxPlaces)}]`
  })
  return after === before ? written : new WrittenText(after)
}

/** A member of an archive is one under each name of the archive. */
function othersOf(place: Place, names: OtherNames): Place[] {
  const end = place.file.indexOf('!')
  const file = end < 0 ? place.file : place.file.slice(0, end)
  const others = names.get(place.file) ?? names.get(file) ?? []
  const inside = names.has(place.file) || end < 0 ? '' : place.file.slice(end)
  return others.map((name) => ({ ...place, file: name + inside }))
}
