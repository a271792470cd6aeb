// Sysmon's events already bear Sigma's names. Added is what they hold in a form that no rule can compare: rights in a mask,
// hashes in one string, class ids in paths and command lines. Fields: Sysinternals, "Sysmon" (events), schema 4.90.
import { accessRights } from './access-rights.ts'
import type { HashName } from './hashes.ts'
import { hashOf } from './hashes.ts'
import { pipeTemplate } from './pipe-name.ts'
import { wholeNumber } from '../whole-number.ts'
import {
  classesKey,
  classesScope,
  clsidOfKey,
  guidsIn,
  registryKey,
} from './registry-key.ts'
import type { Row } from '../row.ts'
import { alias, derived, fromText, overriding, worked } from '../row.ts'
import { scriptOfCommand } from '../script-of-command.ts'
import {
  serviceCommandOfKey,
  serviceNameOfKey,
  serviceOfKey,
} from './service.ts'

const hash = (name: string, which: HashName) =>
  fromText(name, 'Hashes', (text) => hashOf(text, which))

const hashes: readonly Row[] = [
  hash('md5', 'md5'),
  hash('sha1', 'sha1'),
  hash('sha256', 'sha256'),
  hash('Imphash', 'imphash'),
]

const registry: readonly Row[] = [
  fromText('RegistryKey', 'TargetObject', registryKey),
  fromText('ClassesKey', 'TargetObject', classesKey),
  fromText('ClassesScope', 'TargetObject', classesScope),
  fromText('Clsid', 'TargetObject', clsidOfKey),
]

/** What was done is told by the event's number: forwarders have an EventType of their own, and Sysmon before version 10 has none. */
const pipe = (done: 'CreatePipe' | 'ConnectPipe'): readonly Row[] => [
  fromText('PipeTemplate', 'PipeName', pipeTemplate),
  overriding(worked('EventType', [], () => done)),
]

export const sysmonRows: Readonly<Record<string, readonly Row[]>> = {
  1: [
    fromText('Clsid', 'CommandLine', guidsIn),
    fromText('ParentClsid', 'ParentCommandLine', guidsIn),
    derived('StartedProcessId', ['ProcessId'], wholeNumber),
    derived('ScriptPath', ['CommandLine', 'CurrentDirectory'], scriptOfCommand),
    ...hashes,
  ],
  6: hashes,
  7: hashes,
  // The members of event 10 are the only ones that Sysmon spells with an upper-case GUID.
  10: [
    derived('AccessRights', ['GrantedAccess'], (v) =>
      accessRights(v, 'process'),
    ),
    alias('SourceProcessGuid', 'SourceProcessGUID'),
    alias('TargetProcessGuid', 'TargetProcessGUID'),
  ],
  12: [...registry, derived('ServiceName', ['TargetObject'], serviceOfKey)],
  13: [
    ...registry,
    derived('ServiceCommand', ['TargetObject', 'Details'], serviceCommandOfKey),
    derived('ServiceName', ['TargetObject'], serviceNameOfKey),
  ],
  14: registry,
  15: hashes,
  17: pipe('CreatePipe'),
  18: pipe('ConnectPipe'),
  23: hashes,
  26: hashes,
  27: hashes,
  29: hashes,
}
