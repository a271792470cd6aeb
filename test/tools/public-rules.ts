// The public Sigma rules and the reference's verdicts on them, where they are at hand; nothing of them is in this repository.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip, gunzipSync } from 'node:zlib'

import { extract } from 'tar-stream'

import type { Value } from '../../src/base/record.ts'

const root = join(process.env.IPCWATCH_DATA ?? '../shared/data', 'sigma')
const archive = join(root, 'rules-994da166.tar.gz')

export const havePublicRules = existsSync(archive)

/** Every rule file of the archive, in its order. */
export async function publicRules(): Promise<{ path: string; text: string }[]> {
  const tar = createReadStream(archive).pipe(createGunzip()).pipe(extract())
  const files: { path: string; text: string }[] = []
  for await (const entry of tar) {
    const parts: Buffer[] = []
    for await (const part of entry) parts.push(part as Buffer)
    const path = entry.header.name
    if (path.endsWith('.yml')) {
      files.push({ path, text: Buffer.concat(parts).toString('utf8') })
    }
  }
  return files
}

export interface Lane {
  readonly events: readonly Readonly<Record<string, Value>>[]
  /** Ids of the rules that match, by event, log sources left aside. */
  readonly expected: ReadonlyMap<number, ReadonlySet<string>>
}

/** Events with nested objects flattened to `a.b`. */
export function lane(name: string): Lane {
  const text = gunzipSync(
    readFileSync(join(root, 'lanes', `${name}.ndjson.gz`)),
  ).toString('utf8')
  const events = text
    .split('\n')
    .filter(Boolean)
    .map((line) => flatten(JSON.parse(line) as Record<string, unknown>))
  const { matches } = JSON.parse(
    readFileSync(join(root, 'lanes', `${name}.unrouted.json`), 'utf8'),
  ) as { matches: [number, string][] }
  const expected = new Map<number, Set<string>>()
  for (const [event, id] of matches) {
    const ids = expected.get(event) ?? new Set()
    expected.set(event, ids.add(id))
  }
  return { events, expected }
}

function flatten(
  object: Record<string, unknown>,
  prefix = '',
  out: Record<string, Value> = {},
): Record<string, Value> {
  for (const [key, value] of Object.entries(object)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      flatten(value as Record<string, unknown>, `${prefix}${key}.`, out)
    } else out[prefix + key] = value as Value
  }
  return out
}
