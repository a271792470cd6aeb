// Which names does the compiled form of a project use? Its table of identifiers (in `_VBA_PROJECT`) has each name that code ever had, and keeps those of code
// that was deleted until all of the project is compiled anew. A name that reaches other programs and that no source has is what stays of a source that was
// exchanged, or of an edit. An entry is a length, a type, in some six bytes, the name and four bytes: https://github.com/bontchev/pcodedmp reads the
// same table.
/** Flags of a type: further bytes stand before the name. */
const hasMore = 0x80
const moreBytes = 6
const hashBytes = 4
/** Entries in a row that tell the table from other bytes. */
const minRow = 3
/** Of one project. */
const maxNames = 65_536

/** Bytes of a name, also of other code pages than ASCII. */
const isOfName = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x5f ||
  byte >= 0x80

export function identifiersOf(project: Buffer): readonly string[] {
  const names: string[] = []
  for (let at = 0; at < project.length && names.length < maxNames; ) {
    const row: string[] = []
    let end = at
    for (let e = entryAt(project, end); e; e = entryAt(project, end)) {
      row.push(e.name)
      end = e.end
    }
    // What looks like an entry or two may overlap the first of the table.
    const isTable = row.length >= minRow
    if (isTable) for (const name of row) names.push(name)
    at = isTable ? end : at + 1
  }
  return names
}

function entryAt(bytes: Buffer, at: number) {
  const length = bytes[at] ?? 0
  const from = at + 2 + (bytes[at + 1]! & hasMore ? moreBytes : 0)
  const end = from + length + hashBytes
  if (length === 0 || end > bytes.length) return undefined
  for (let i = from; i < from + length; i++)
    if (!isOfName(bytes[i]!)) return undefined
  return { name: bytes.toString('latin1', from, from + length), end }
}

/** Names by which code starts programs, or reaches them. */
const acting = new Set(
  [
    ...['Shell', 'ShellExecute', 'ShellExecuteA', 'ShellExecuteW', 'WinExec'],
    ...['CreateObject', 'GetObject', 'CreateProcess', 'CreateProcessA'],
    ...['CreateProcessW', 'DDEInitiate', 'DDEExecute', 'DDEPoke', 'DDERequest'],
    ...['SendKeys', 'CallByName', 'URLDownloadToFile', 'URLDownloadToFileA'],
    ...['URLDownloadToFileW', 'VirtualAlloc', 'VirtualProtect', 'CreateThread'],
    ...['RtlMoveMemory', 'CallWindowProc', 'CallWindowProcA', 'EnumWindows'],
    ...['CreateNamedPipe', 'CreateNamedPipeA', 'WScript', 'ExecuteExcel4Macro'],
  ].map((name) => name.toLowerCase()),
)

/** Those of the names that act and that stand in none of the sources. */
export function withoutSource(
  names: readonly string[],
  sources: readonly string[],
): readonly string[] {
  const few = [...new Set(names)].filter((n) => acting.has(n.toLowerCase()))
  if (few.length === 0) return few
  const all = sources.join('\n').toLowerCase()
  return few.filter((name) => !all.includes(name.toLowerCase()))
}
