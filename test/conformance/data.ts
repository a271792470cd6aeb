// Where recorded telemetry with ground truth is, when it is there: tests that need it are skipped without it.
import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { createGunzip } from 'node:zlib'

import { extract } from 'tar-stream'

/** Named by IPCWATCH_DATA, or beside the checkout. */
export const dataFolder = process.env.IPCWATCH_DATA ?? resolve('../shared/data')

export const hasData = existsSync(join(dataFolder, 'sigma'))

/** Unpacks a .tar.gz below a folder; members that would leave it are refused. */
export async function unpack(archive: string, into: string): Promise<void> {
  const tar = createReadStream(archive).pipe(createGunzip()).pipe(extract())
  for await (const entry of tar) {
    const path = resolve(into, entry.header.name)
    if (!path.startsWith(resolve(into) + sep)) {
      throw new Error(`${entry.header.name} leaves the folder`)
    }
    if (entry.header.type !== 'file') {
      entry.resume()
      continue
    }
    const parts: Buffer[] = []
    for await (const part of entry) parts.push(part as Buffer)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, Buffer.concat(parts))
  }
}
