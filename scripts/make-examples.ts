// Makes the telemetry in `examples/` anew: `npx tsx scripts/make-examples.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { exampleFiles } from './examples/files.ts'

for (const [name, content] of Object.entries(exampleFiles())) {
  const path = join('examples', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  console.log(`${path}: ${content.length} bytes`)
}
