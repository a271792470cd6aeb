// Which values and words lift a protection or switch scripting on?
import type { Teller } from '../fold/call.ts'

interface Setting {
  /** Of key and value name, in lower case with backslashes. */
  readonly name: RegExp
  /** Of the data that has this effect. */
  readonly data: RegExp
  readonly does: 'enable' | 'disable'
  readonly means: string
}

const on = /^(?:0x0*)?1$|^true$|^y$/i
const off = /^(?:0x0*)?0$|^false$|^n$/i

// Microsoft Learn: "Windows Script Host settings", about_Execution_Policies, about_Logging_Windows, "Office VBA macro settings" and the
// administrative templates of Office.
const settings: readonly Setting[] = [
  {
    name: /\\windows script host\\settings\\enabled$/,
    data: on,
    does: 'enable',
    means: 'script host',
  },
  {
    name: /\\executionpolicy$(?<=\\powershell.*\\executionpolicy)/,
    data: /^(bypass|unrestricted)$/i,
    does: 'disable',
    means: 'execution policy',
  },
  {
    name: /\\windows script host\\settings\\remote$/,
    data: on,
    does: 'enable',
    means: 'script host',
  },
  {
    name: /\\windows\\powershell\\enablescripts$/,
    data: on,
    does: 'disable',
    means: 'execution policy',
  },
  {
    name: /\\(enablescriptblocklogging|enablemodulelogging|enabletranscripting)$/,
    data: off,
    does: 'disable',
    means: 'script logging',
  },
  {
    name: /\\vbawarnings$(?<=\\office\\.*\\vbawarnings)|\\security\\vbawarnings$/,
    data: on,
    does: 'enable',
    means: 'macros',
  },
  { name: /\\accessvbom$/, data: on, does: 'enable', means: 'object model' },
  {
    name: /\\(allowdde|ddeallowed)$/,
    data: /^(?:0x0*)?[12]$/i,
    does: 'enable',
    means: 'dde',
  },
  {
    name: /\\disableddeserverlaunch$|\\disableddeserverlookup$/,
    data: off,
    does: 'enable',
    means: 'dde',
  },
  {
    name: /\\protectedview\\disable/,
    data: on,
    does: 'disable',
    means: 'protected view',
  },
  {
    name: /\\blockcontentexecutionfrominternet$/,
    data: off,
    does: 'enable',
    means: 'macros',
  },
  { name: /\\amsienable$/, data: off, does: 'disable', means: 'amsi' },
  {
    name: /\\disable(antispyware|realtimemonitoring|behaviormonitoring|scriptscanning|ioavprotection|onaccessprotection)$/,
    data: on,
    does: 'disable',
    means: 'antivirus',
  },
  {
    name: /\\enablelua$/,
    data: off,
    does: 'disable',
    means: 'account control',
  },
  { name: /\\ole\\enabledcom$/, data: on, does: 'enable', means: 'dcom' },
  {
    name: /\\legacyauthenticationlevel$/,
    data: /^(?:0x0*)?[01]$/i,
    does: 'enable',
    means: 'dcom',
  },
]

/** A value that is written. */
export function tellRegistry(
  teller: Pick<Teller, 'tell'>,
  path: string,
  data: string,
): void {
  if (!path) return
  const spelled = spelledOut(path)
  teller.tell('registry', data ? `${spelled} = ${data}` : spelled)
  const low = spelled.toLowerCase()
  const known = settings.find(
    (s) => s.name.test(low) && s.data.test(data.trim()),
  )
  if (known) teller.tell(known.does, known.means)
}

function spelledOut(path: string): string {
  return path
    .replace(/^(?:registry::|microsoft\.powershell\.core\\registry::)/i, '')
    .replace(/^hkey_local_machine/i, 'HKLM')
    .replace(/^hkey_current_user/i, 'HKCU')
    .replace(/^(hk\w{2,3}):\\?/i, '$1\\')
    .replaceAll('/', '\\')
    .replace(/(.)\\$/, '$1')
}

const words: readonly (readonly [RegExp, string])[] = [
  [
    /amsi(?:utils|initfailed|context|session|scanbuffer|scanstring|openSession|\.dll)/i,
    'amsi',
  ],
  [/\betweventwrite\b|\bPSEtwLogProvider\b|\betwProvider\b/i, 'event tracing'],
]

/** Names that only those need who switch a scanner off, as arguments of calls. */
export function tellWords(teller: Pick<Teller, 'tell'>, said: string): void {
  if (
    said.length > 4_096 ||
    said.length < 4 ||
    !/amsi|etw|eventwrite/i.test(said)
  ) {
    return
  }
  for (const [word, means] of words)
    if (word.test(said)) teller.tell('disable', means)
}
