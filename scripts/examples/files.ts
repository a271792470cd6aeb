// The files of `examples/`, by path: made by this project from nothing but code, the same bytes every time.
import { writeEvtx } from '../../test/tools/evtx-writer.ts'

import { documentExamples } from './documents.ts'
import { flatExample } from './flat.ts'
import { linuxExample } from './linux.ts'
import { macosExample } from './macos.ts'
import { windowsExample } from './windows.ts'

export function exampleFiles(): Readonly<Record<string, Buffer>> {
  const { sysmon, security, system } = windowsExample()
  return {
    'windows/Sysmon.evtx': writeEvtx(sysmon, { firstRecordId: 48_112 }),
    'windows/Security.evtx': writeEvtx(security, { firstRecordId: 910_004 }),
    'windows/System.evtx': writeEvtx(system, { firstRecordId: 20_917 }),
    'windows/pipeline-export.jsonl': Buffer.from(flatExample()),
    'linux/audit.log': Buffer.from(linuxExample()),
    'macos/eslogger.jsonl': Buffer.from(macosExample()),
    ...documentExamples(),
  }
}
