// Was this finding told before? By its id; and by what it rests on, where a log was copied while it was read (`app.log` -> `app.log.1`):
// then the same record has two names, and findings of it two ids.
import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'

import type { Finding } from '../../findings/finding.ts'

export class Told {
  readonly #ids = new Set<string>()
  /** By what a finding says but for names of files: those names. */
  readonly #files = new Map<string, string>()

  /** false: it was told. */
  add(line: string): boolean {
    const { id, files, said } = read(line)
    if (this.#ids.has(id)) return false
    const before = this.#files.get(said)
    if (before !== undefined && areRotated(before, files)) return false
    this.#ids.add(id)
    this.#files.set(said, files)
    return true
  }

  delete(line: string): void {
    const { id, said } = read(line)
    this.#ids.delete(id)
    this.#files.delete(said)
  }
}

function read(line: string): { id: string; files: string; said: string } {
  const { id, time, host, rule, evidence } = JSON.parse(line) as Finding
  const rest = evidence.map((e) => [e.record, e.offset, e.time, e.fields])
  const said = createHash('sha256')
    .update(JSON.stringify([rule.id, time, host, rest]))
    .digest()
    .toString('base64', 0, 16)
  return { id, files: evidence.map((e) => e.file).join('\n'), said }
}

/** Each file of the one is in the folder of the other's, and its name goes on where the other's ends. */
function areRotated(a: string, b: string): boolean {
  const others = b.split('\n')
  return a.split('\n').every((file, i) => {
    const other = others[i] ?? ''
    if (dirname(file) !== dirname(other)) return false
    const [x, y] = [basename(file), basename(other)]
    return x.startsWith(y) || y.startsWith(x)
  })
}
