// Makes the telemetry in `examples/` anew: `npx tsx scripts/make-examples.ts`. The same bytes come out every time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { writeEvtx } from '../test/tools/evtx-writer.ts'

import { flatExample } from './examples/flat.ts'
import { linuxExample } from './examples/linux.ts'
import { macosExample } from './examples/macos.ts'
import { windowsExample } from './examples/windows.ts'

const { sysmon, security, system } = windowsExample()

const files: Readonly<Record<string, string | Buffer>> = {
  'windows/Sysmon.evtx': writeEvtx(sysmon, { firstRecordId: 48_112 }),
  'windows/Security.evtx': writeEvtx(security, { firstRecordId: 910_004 }),
  'windows/System.evtx': writeEvtx(system, { firstRecordId: 20_917 }),
  'windows/pipeline-export.jsonl': flatExample(),
  'linux/audit.log': linuxExample(),
  'macos/eslogger.jsonl': macosExample(),
}

for (const [name, content] of Object.entries(files)) {
  const path = join('examples', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  console.log(`${path} ${content.length}`)
}
