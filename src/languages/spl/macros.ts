// Macros: named pieces of search text with arguments, from a file in Splunk's `macros.conf` form, and those that public
// detections take for granted.

export interface Macro {
  readonly name: string
  readonly args: readonly string[]
  readonly definition: string
}

/** By name and number of arguments: `name/2`. */
export type Macros = ReadonlyMap<string, Macro>

// Names and meanings as splunk/security_content's detections use them; the definitions are this project's.
const builtin: readonly (readonly [string, readonly string[], string])[] = [
  [
    'security_content_ctime',
    ['field'],
    'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)',
  ],
  [
    'security_content_summariesonly',
    [],
    'summariesonly=false allow_old_summaries=true fillnull_value=null',
  ],
  ['summariesonly_config', [], 'false'],
  ['oldsummaries_config', [], 'true'],
  ['drop_dm_object_name', ['name'], 'rename $name$.* AS *'],
  [
    'sysmon',
    [],
    'sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
  ],
  ['wineventlog_security', [], 'sourcetype=WinEventLog:Security'],
  ['wineventlog_system', [], 'sourcetype=WinEventLog:System'],
  ['wineventlog_application', [], 'sourcetype=WinEventLog:Application'],
  [
    'powershell',
    [],
    'sourcetype=XmlWinEventLog:Microsoft-Windows-PowerShell/Operational',
  ],
  [
    'wmi',
    [],
    'sourcetype=WinEventLog:Microsoft-Windows-WMI-Activity/Operational',
  ],
  ['linux_auditd', [], 'sourcetype=linux:audit'],
  ['linux_hosts', [], 'sourcetype=linux:audit'],
  [
    'wineventlog_task_scheduler',
    [],
    'sourcetype=WinEventLog:Microsoft-Windows-TaskScheduler/Operational',
  ],
  ['applocker', [], 'sourcetype=WinEventLog:Microsoft-Windows-AppLocker/EXE'],
  [
    'ms_defender',
    [],
    'sourcetype=WinEventLog:Microsoft-Windows-Windows-Defender/Operational',
  ],
]

const builtinMacros: Macros = macroMap(
  builtin.map(([name, args, definition]) => ({ name, args, definition })),
)

export function macroMap(macros: Iterable<Macro>): Map<string, Macro> {
  const map = new Map<string, Macro>()
  for (const m of macros) map.set(`${m.name}/${m.args.length}`, m)
  return map
}

/** The caller's macros, then the built-in ones. */
export function withBuiltins(own: Macros): Macros {
  return new Map([...builtinMacros, ...own])
}

/** Public detections end with a macro of their own name for local exceptions: where none is given it keeps everything. */
const emptyFilter: Macro = { name: '', args: [], definition: 'search *' }

export function findMacro(
  macros: Macros,
  name: string,
  count: number,
): Macro | undefined {
  const found = macros.get(`${name}/${count}`)
  if (found) return found
  return count === 0 && name.endsWith('_filter') ? emptyFilter : undefined
}

/** `[name(2)]`, `args = a, b`, `definition = ...`; a line that ends with a backslash goes on. */
export function parseMacros(text: string): {
  macros: Map<string, Macro>
  problems: { line: number; message: string }[]
} {
  const macros: Macro[] = []
  const problems: { line: number; message: string }[] = []
  let name = ''
  let line = 0
  let values = new Map<string, string>()
  const close = () => {
    if (!name) return
    const head = /^([\w:.-]+)(?:\((\d+)\))?$/.exec(name)
    const definition = values.get('definition')
    const args = (values.get('args') ?? '')
      .split(',')
      .map((a) => a.trim())
      .filter(Boolean)
    if (!head)
      problems.push({ line, message: `"${name}" is not a macro's name` })
    else if (definition === undefined) {
      problems.push({ line, message: `macro "${name}" has no definition` })
    } else if (/^(1|t|true)$/i.test(values.get('iseval') ?? '')) {
      problems.push({
        line,
        message: `macro "${name}" is computed (iseval), which is not supported`,
      })
    } else if (Number(head[2] ?? 0) !== args.length) {
      problems.push({
        line,
        message: `macro "${name}" says ${head[2] ?? 0} arguments and names ${args.length}`,
      })
    } else macros.push({ name: head[1]!, args, definition })
  }
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    let content = lines[i]!.trim()
    if (!content || content.startsWith('#')) continue
    const section = /^\[(.*)\]$/.exec(content)
    if (section) {
      close()
      name = section[1]!.trim()
      line = i + 1
      values = new Map()
      continue
    }
    while (content.endsWith('\\') && i + 1 < lines.length) {
      content = `${content.slice(0, -1)}\n${lines[++i]!.trim()}`
    }
    const cut = content.indexOf('=')
    if (cut < 0)
      problems.push({
        line: i + 1,
        message: `"${content.slice(0, 40)}" is neither a section nor a setting`,
      })
    else
      values.set(
        content.slice(0, cut).trim().toLowerCase(),
        content.slice(cut + 1).trim(),
      )
  }
  close()
  return { macros: macroMap(macros), problems }
}
