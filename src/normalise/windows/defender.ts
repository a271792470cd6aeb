// Defender's operational log. 1121 and 1122: an attack surface reduction rule blocked, or would have; the rule's GUID tells
// which behaviour it was. 5007: a setting changed. Fields: Microsoft Learn, "Review attack surface reduction events".
import { present } from './principal.ts'
import { registryKey } from './registry-key.ts'
import type { Row } from '../row.ts'
import { alias, derived, fromText } from '../row.ts'

// Process Name is who acted, Path what it acted on: for a child process rule, the parent and the child.
const asr: readonly Row[] = [
  fromText('AsrRuleId', 'ID', (id) => id.replace(/[{}]/g, '').toUpperCase()),
  derived('ParentImage', ['ProcessName'], (v) => present(v)),
  derived('Image', ['Path'], (v) => present(v)),
  derived('CommandLine', ['TargetCommandline'], (v) => present(v)),
  derived('ParentCommandLine', ['ParentCommandline'], (v) => present(v)),
]

const detection: readonly Row[] = [
  alias('Signature', 'ThreatName'),
  alias('Filename', 'Path'),
]

/** `HKLM\…\Name = 0x1`, cut at the first sign of equality. */
function setting(text: string): readonly [name: string, value?: string] {
  const cut = text.indexOf('=')
  return cut < 0
    ? [text.trim()]
    : [text.slice(0, cut).trim(), text.slice(cut + 1).trim()]
}

export const defenderRows: Readonly<Record<string, readonly Row[]>> = {
  1006: detection,
  1007: detection,
  1008: detection,
  1009: detection,
  1010: detection,
  1011: detection,
  1012: detection,
  1017: detection,
  1018: detection,
  1019: detection,
  1115: detection,
  1116: detection,
  1117: detection,
  1121: asr,
  1122: asr,
  5007: [
    fromText('RegistryKey', 'NewValue', (t) => registryKey(setting(t)[0])),
    fromText('Details', 'NewValue', (t) => setting(t)[1] || undefined),
  ],
}
