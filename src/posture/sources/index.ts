// What can be read? In the order in which they are asked whether a dump is theirs: the certain ones first.
import type { Facts } from '../facts/facts.ts'
import { codesign, propertyList, santa, systemIntegrity } from './macos.ts'
import {
  containerInfo,
  dockerDaemon,
  dockerInspect,
  kubernetes,
} from './containers.ts'
import { dbusPolicy, dbusService } from './dbus.ts'
import { gpoHtml, gpoXml } from './gpo.ts'
import { hiveFile } from './hive-file.ts'
import { localGroup } from './local-group.ts'
import { machO } from './mach-o.ts'
import { mpPreference } from './mp-preference.ts'
import { osquery } from './osquery.ts'
import { polkitPkla, polkitPolicy, polkitRules } from './polkit.ts'
import { regExport, regQuery } from './reg-export.ts'
import { secedit } from './secedit.ts'
import { decodeDump, type Dump, type Reading, type Source } from './source.ts'
import { sysctl } from './sysctl.ts'
import { systemctlShow, systemdAnalyze, unitFiles } from './systemd.ts'
import {
  appArmor,
  appArmorFeatures,
  getcap,
  groups,
  listeners,
  mounts,
  seLinux,
  sshdConfig,
  statLines,
  sudoers,
  xhost,
} from './unix.ts'

const sources: readonly Source[] = [
  hiveFile,
  machO,
  regExport,
  regQuery,
  codesign,
  propertyList,
  gpoXml,
  gpoHtml,
  dbusPolicy,
  dbusService,
  polkitPolicy,
  polkitRules,
  polkitPkla,
  secedit,
  mpPreference,
  dockerInspect,
  containerInfo,
  systemdAnalyze,
  appArmor,
  appArmorFeatures,
  santa,
  osquery,
  kubernetes,
  dockerDaemon,
  localGroup,
  systemIntegrity,
  systemctlShow,
  unitFiles,
  sysctl,
  mounts,
  seLinux,
  xhost,
  listeners,
  statLines,
  getcap,
  groups,
  sudoers,
  sshdConfig,
]

/** Of a dump whose text is held whole; lists of hosts have some hundred kB. */
const maxTextBytes = 24 * 1024 * 1024
/** Of the beginning that tells what it is. */
const headBytes = 4096

/** What it was read as, in words; undefined where nothing knows it. Throws where it is too long for what it is. */
export function readDump(
  dump: Dump,
  facts: Facts,
  note: (message: string) => void,
): string | undefined {
  const isLong = dump.bytes.length > maxTextBytes
  const isHead = isLong || isBinary(dump.bytes)
  const reading: Reading = {
    ...dump,
    base: dump.name
      .split(/[\\/!]/)
      .at(-1)!
      .toLowerCase(),
    text: decodeDump(isHead ? dump.bytes.subarray(0, headBytes) : dump.bytes),
    facts,
    note: (message) => note(`${dump.name}: ${message}`),
  }
  const source = sources.find((s) => s.recognises(reading))
  if (source && isLong && !source.byLines && !isBinary(dump.bytes)) {
    throw new Error(
      `it has over ${maxTextBytes} bytes, too many for ${source.what}`,
    )
  }
  source?.read(reading)
  return source?.what
}

const binaryMarks = [
  'regf',
  'bplist',
  '\xcf\xfa\xed\xfe',
  '\xca\xfe\xba\xbe',
  'PK\x03\x04',
  '\x7fELF',
]

function isBinary(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  return binaryMarks.some((mark) => head.startsWith(mark))
}

/** For help. */
export const sourceNames = sources.map(({ what }) => what)
