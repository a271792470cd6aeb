// A hive is a part of the registry: which one is told by its name, else by the keys below its root.
import { readBaseBlock } from '../hive/base-block.ts'
import { Hive, type HiveKey } from '../hive/cells.ts'
import { recover } from '../hive/log.ts'
import { registryValue, typeName } from '../hive/values.ts'
import type { Reading, Source } from './source.ts'

/** Keys lie no deeper: [MS-RRP] names 512 levels. */
const maxDepth = 512

export const hiveFile: Source = {
  what: 'registry hive',
  recognises: ({ bytes }) => readBaseBlock(bytes) !== undefined,
  read(dump) {
    const head = readBaseBlock(dump.bytes)!
    if (head.type !== 0) {
      dump.note('a transaction log: it is read with the hive of the same name')
      return
    }
    dump.facts.of('windows')
    const { bytes, notes } = recover(dump.bytes, head, dump.logs ?? [])
    for (const note of notes) dump.note(note)
    const hive = new Hive(bytes)
    const root = hive.key(head.root)
    if (root) {
      const first = [...hive.subkeys(root)]
      const place = placeOf(dump, head.name, first)
      if (place) walk(dump, hive, root, first, place)
      else dump.note('no hive that checks ask about: its keys are not known')
    }
    for (const what of hive.damage) dump.note(`damaged: ${what}`)
  },
}

/** `base` of the file, the name it bears inside, or what is below its root. */
function placeOf(
  dump: Reading,
  inside: string,
  first: readonly HiveKey[],
): string | undefined {
  const own = `${dump.base} ${inside.split('\\').at(-1)!.toLowerCase()}`
  const has = (name: string) =>
    first.some((key) => key.name.toLowerCase() === name)
  if (has('microsoft') && has('policies') && has('classes')) return machine
  if (has('select') || has('controlset001')) return system
  if (/ntuser/.test(own) || (has('software') && has('control panel'))) {
    return `HKU\\${userOf(dump.name)}`
  }
  if (/usrclass/.test(own)) return `HKU\\${userOf(dump.name)}_Classes`
  if (/\bsoftware\b/.test(own)) return machine
  if (/\bsystem\b/.test(own)) return system
  return has('software') ? `HKU\\${userOf(dump.name)}` : undefined
}

const machine = 'HKLM\\SOFTWARE'
const system = 'HKLM\\SYSTEM'

/** Of a profile the folder's name, which is the user's; else the file's own. */
function userOf(path: string): string {
  const parts = path.split(/[\\/!]/)
  const user = /users[\\/]([^\\/]+)/i.exec(path)?.[1] ?? parts.at(-2)
  return user && !/^\.*$/.test(user) ? user : parts.at(-1)!
}

function walk(
  dump: Reading,
  hive: Hive,
  root: HiveKey,
  first: readonly HiveKey[],
  place: string,
): void {
  dump.facts.cover(place, dump.name)
  const current = place === system ? currentControlSet(hive, first) : undefined
  const open = first.map((key) => ({ key, above: place, depth: 1 })).reverse()
  addValues(dump, hive, root, place)
  for (;;) {
    const next = open.pop()
    if (!next) return
    const name =
      next.depth === 1 && next.key.name.toLowerCase() === current
        ? 'CurrentControlSet'
        : next.key.name
    const path = `${next.above}\\${name}`
    if (!dump.facts.leadsSomewhere(path)) continue
    dump.facts.addKey(path)
    addValues(dump, hive, next.key, path)
    if (next.depth >= maxDepth) continue
    for (const key of hive.subkeys(next.key)) {
      open.push({ key, above: path, depth: next.depth + 1 })
    }
  }
}

function addValues(
  dump: Reading,
  hive: Hive,
  key: HiveKey,
  path: string,
): void {
  for (const { name, type, data, offset } of hive.values(key)) {
    const value = registryValue(type, data)
    const whence = { file: dump.name, offset }
    dump.facts.add(path, name || '(Default)', value, whence, typeName(type))
  }
}

/** Which of the control sets is in force: `Select!Current`. */
function currentControlSet(hive: Hive, first: readonly HiveKey[]): string {
  const select = first.find((k) => k.name.toLowerCase() === 'select')
  for (const { name, type, data } of select ? hive.values(select) : []) {
    const number = registryValue(type, data)
    if (name.toLowerCase() === 'current' && typeof number === 'number') {
      return `controlset${String(number).padStart(3, '0')}`
    }
  }
  return 'controlset001'
}
