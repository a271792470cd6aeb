// What is a source that no reader takes? Named for the summary, so that nothing is passed over in silence.

interface Magic {
  readonly bytes: string
  readonly at?: number
  readonly kind: string
}

// First bytes as the formats' own documents state them; file(1) lists the same.
const magics: readonly Magic[] = [
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', kind: 'office document (OLE)' },
  { bytes: '{\\rtf', kind: 'RTF document' },
  { bytes: '%PDF-', kind: 'PDF document' },
  { bytes: '7z\xbc\xaf\x27\x1c', kind: '7z archive' },
  { bytes: 'Rar!\x1a\x07', kind: 'RAR archive' },
  { bytes: '\xfd7zXZ\0', kind: 'xz stream' },
  { bytes: 'BZh', kind: 'bzip2 stream' },
  { bytes: '\x28\xb5\x2f\xfd', kind: 'zstd stream' },
  { bytes: '\x04\x22\x4d\x18', kind: 'lz4 stream' },
  { bytes: 'ITSF', kind: 'compiled help (.chm)' },
  { bytes: 'conectix', kind: 'virtual disk (VHD)' },
  { bytes: 'vhdxfile', kind: 'virtual disk (VHDX)' },
  { bytes: 'MZ', kind: 'Windows executable' },
  { bytes: '\x7fELF', kind: 'ELF executable' },
  { bytes: '\xcf\xfa\xed\xfe', kind: 'Mach-O executable' },
  { bytes: '\xca\xfe\xba\xbe', kind: 'Mach-O executable or Java class' },
  { bytes: 'regf', kind: 'registry hive' },
  { bytes: 'SQLite format 3\0', kind: 'SQLite database' },
  { bytes: '\xd4\xc3\xb2\xa1', kind: 'packet capture' },
  { bytes: '\xa1\xb2\xc3\xd4', kind: 'packet capture' },
  { bytes: '\x4d\x3c\xb2\xa1', kind: 'packet capture' },
  { bytes: '\xa1\xb2\x3c\x4d', kind: 'packet capture' },
  { bytes: '\x0a\x0d\x0d\x0a', kind: 'packet capture (pcapng)' },
  { bytes: '0\x82', kind: 'DER data' },
  { bytes: 'bplist00', kind: 'property list' },
  { bytes: 'LfLe', at: 4, kind: 'old Windows event log (.evt)' },
  { bytes: '\x89PNG', kind: 'image' },
  { bytes: '\xff\xd8\xff', kind: 'image' },
  { bytes: 'GIF8', kind: 'image' },
]

/** Reports for people of what events were: who did it to what is no longer there. */
const texts: readonly { readonly mark: RegExp; readonly kind: string }[] = [
  { mark: /<MMC_ConsoleFile\b/, kind: 'console of the MMC (.msc)' },
  {
    mark: /^At \d\d:\d\d:\d\d \S{6,24} .{1,256}? (?:un)?successfully /m,
    kind: 'report of ausearch --format text, which lost most fields; --format raw keeps them',
  },
  {
    mark: /^(?:Executable|File|Syscall|Process|User|Event|Key|Anomaly|Failed \w+) (?:Summary )?Report\n=/m,
    kind: 'report of aureport, a summary; ausearch --format raw gives the events',
  },
  {
    mark: /^\d\d:\d\d:\d\d\.\d{6,9}: (?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug) /m,
    kind: 'alerts of Falco as text; json_output keeps the fields',
  },
  {
    mark: /^[ \t]*(?:TimeCreated|Index Time)\s.*\bMessage\s*\r?\n\s*-{4}/m,
    kind: 'table of PowerShell, which cuts its columns; Format-List or ConvertTo-Json keep them',
  },
  {
    mark: /^\xf0\x9f\x9a\x80 process \S+ \//m,
    kind: 'events of Tetragon as text; -o json keeps the fields',
  },
  {
    mark: /^\s*(?:<!DOCTYPE html[^>]{0,256}>)?[\s\S]{0,2048}<table\b[\s\S]{0,1024}<t[hd]\b/i,
    kind: 'table of HTML, which is not read; export CSV or JSON',
  },
  {
    mark: /^\s*(?:<!DOCTYPE html|<html\b)/i,
    kind: 'page of HTML, which is not read; export what it shows as JSON, CSV or XML',
  },
  {
    mark: /^INSERT INTO .{1,2048}? VALUES\b/im,
    kind: 'dump of a database (SQL INSERT), which is not read; export CSV or JSON',
  },
  {
    mark: /^COPY .{1,4096}? FROM stdin;/im,
    kind: 'dump of PostgreSQL (COPY), which is not read; export with \\copy ... CSV HEADER',
  },
  {
    mark: /^Row \d{1,9}:\r?\n(?:\xe2\x94\x80|-){2,}/m,
    kind: 'answer of ClickHouse in its format Vertical, which is not read; FORMAT JSONEachRow is',
  },
  {
    mark: /^\s*\[?\s*OrderedDict\(\[?[({]/,
    kind: 'objects as Python prints them (OrderedDict), which are not read; json.dumps writes what is',
  },
  {
    mark: /^(?:Array|stdClass Object|\w{1,64} Object)\s*\r?\n\(\s*\r?\n\s+\[[^\]\n]{1,128}\] => /,
    kind: 'objects as PHP prints them (print_r), which are not read; json_encode writes what is',
  },
  {
    mark: /^\s*@\{\s*[\w.]{1,64} ?=/,
    kind: 'objects as PowerShell prints them (@{name=value}), which are not read; ConvertTo-Json writes what is',
  },
  {
    mark: /^\s*(?:(?:var|let|const|window\.)\s{0,8}[\w.$]{1,64}\s{0,8}=|[\w.$]{1,64}\()\s{0,8}[[{]\s{0,64}["{]/,
    kind: 'JSON within JavaScript; without what stands before and behind it, it is read',
  },
  {
    mark: /^\d{4}-\d\d-\d\dT\S{1,20} \[[^\]\n]{1,256}\] \[[A-Z]{1,16}\] \[\d{1,6}\] \[[^\]\n]{1,256}\] \[[^\]\n]{1,256}\] /m,
    kind: 'events of Windows as the agent of CloudWatch writes text, which lost its fields; its event_format xml keeps them',
  },
  {
    mark: /^H4sI[\w+/=-]{32}/,
    kind: 'packed text in base64; base64 -d FILE | gunzip gives what is read',
  },
  {
    mark: /^(?![\da-fA-F\s]+$)(?:(?:[\w+/-]{60,76}\r?\n){2}|[\w+/-]{256,}={0,2}\s*$)/,
    kind: 'text in base64, which is not read; base64 -d FILE gives what it holds',
  },
  {
    mark: /^(?=[\s\S]*=3D)(?=[\s\S]*[^\n]{30,75}=\r?\n)/,
    kind: 'quoted-printable text of a mail, which is read where its headers stand before it (.eml)',
  },
  {
    mark: /^\d+ \d\d:\d\d:\d\d\.\d{9} \d+ \S+ \(\d+(?:\.\d+)?\) [<>] \w+/m,
    kind: 'events of sysdig as text, which no rule here reads',
  },
]

/** git-lfs, "spec.md", The Pointer: these lines and no others. */
const lfsPointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/\S{1,16}\n(?:ext-\d.{1,200}\n){0,9}oid sha256:[0-9a-f]{1,64}\nsize \d{1,20}\n?$/
/** In bytes. */
const maxPointerBytes = 1024

/** Bytes that are looked at to tell text from other data. */
const sampledBytes = 4096

/** A short noun phrase: `PDF document`, `text of unknown kind`. */
export function nameContent(head: Buffer): string {
  if (head.length === 0) return 'empty file'
  if (head.toString('latin1', 0, 2) === 'MZ' && head.includes('xlAutoOpen'))
    return 'Windows executable, an add-in of Excel (XLL)'
  for (const { bytes, at = 0, kind } of magics) {
    if (head.toString('latin1', at, at + bytes.length) === bytes) return kind
  }
  const office = /<\?mso-application\s+progid="(\w+)\.\w+"/.exec(
    head.toString('latin1', 0, 1024),
  )
  if (office) return `office document (${office[1]} 2003 XML)`
  if (isLfsPointer(head)) return 'Git LFS pointer in place of the data'
  if (isZero(head)) return 'nothing but NUL bytes'
  const text = head.toString('latin1', 0, sampledBytes)
  const told = texts.find(({ mark }) => mark.test(text))
  if (told) return told.kind
  return isText(head) ? 'text of unknown kind' : 'binary data of unknown kind'
}

export function isLfsPointer(head: Buffer): boolean {
  return head.length <= maxPointerBytes && lfsPointer.test(head.toString())
}

function isZero(head: Buffer): boolean {
  return head.every((b) => b === 0)
}

/** UTF-8 or another superset of ASCII, without control characters but those of layout. */
function isText(head: Buffer): boolean {
  const sample = head.subarray(0, sampledBytes)
  let odd = 0
  for (const b of sample) {
    const isLayout = b === 9 || b === 10 || b === 13 || b === 12 || b === 27
    if (b < 0x20 && !isLayout) odd++
  }
  return odd * 50 < sample.length
}
