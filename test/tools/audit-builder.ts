// Linux audit records as the kernel writes them, for tests: lines of events, with values quoted or in hex.

export interface AuditEventText {
  readonly serial: number
  /** Seconds since 1970; 1600000000 where not given. */
  readonly seconds?: number
  readonly milliseconds?: number
  readonly node?: string
  /** Type and fields of each record. */
  readonly records: readonly (readonly [type: string, fields: string])[]
}

export function auditLines(event: AuditEventText): string[] {
  const { serial, seconds = 1_600_000_000, milliseconds = 0, node } = event
  const stamp = `${seconds}.${String(milliseconds).padStart(3, '0')}:${serial}`
  const head = node ? `node=${node} ` : ''
  return event.records.map(
    ([type, fields]) => `${head}type=${type} msg=audit(${stamp}): ${fields}`,
  )
}

/** Quoted, or in hex where the text holds a blank, a quote, a control character or a byte over 0x7e. */
export function auditText(text: string): string {
  return /^[\x21\x23-\x7e]*$/.test(text) ? `"${text}"` : hex(text)
}

export function hex(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex').toUpperCase()
}

/** A sockaddr_un of a little-endian machine. An abstract name is written with `@` first. */
export function unixAddress(path: string, garbage = ''): string {
  const name = path.startsWith('@') ? `\0${path.slice(1)}` : `${path}\0`
  return `0100${hex(name)}${garbage}`
}

export function syscallFields(fields: {
  readonly syscall: number
  readonly arch?: string
  readonly success?: string
  readonly exit?: number
  readonly registers?: readonly string[]
  readonly items?: number
  readonly pid?: number
  readonly uid?: number
  readonly comm?: string
  readonly exe?: string
  readonly key?: string
}): string {
  const [a0, a1, a2, a3] = [...(fields.registers ?? []), '0', '0', '0', '0']
  const uid = fields.uid ?? 1000
  return (
    `arch=${fields.arch ?? 'c000003e'} syscall=${fields.syscall} ` +
    `success=${fields.success ?? 'yes'} exit=${fields.exit ?? 0} ` +
    `a0=${a0} a1=${a1} a2=${a2} a3=${a3} items=${fields.items ?? 0} ` +
    `ppid=1 pid=${fields.pid ?? 4242} auid=1000 uid=${uid} gid=${uid} ` +
    `euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} ` +
    `fsgid=${uid} tty=pts0 ses=3 comm=${auditText(fields.comm ?? 'tool')} ` +
    `exe=${auditText(fields.exe ?? '/usr/bin/tool')} ` +
    `key=${fields.key === undefined ? '(null)' : auditText(fields.key)}`
  )
}

export function pathFields(fields: {
  readonly item: number
  readonly name: string
  readonly nametype?: string
  /** In octal. */
  readonly mode?: string
}): string {
  const kind = fields.nametype ?? 'NORMAL'
  const inode = fields.mode
    ? ` inode=7 dev=08:01 mode=${fields.mode} ouid=0 ogid=0 rdev=00:00`
    : ''
  return `item=${fields.item} name=${auditText(fields.name)}${inode} nametype=${kind} cap_fp=0 cap_fi=0`
}

/** A program that was executed: SYSCALL, EXECVE, CWD, two PATHs, PROCTITLE. */
export function execEvent(
  serial: number,
  argv: readonly string[],
  more: Partial<AuditEventText> = {},
): AuditEventText {
  const file = argv[0] ?? '/bin/true'
  const args = argv.map((a, i) => `a${i}=${auditText(a)}`).join(' ')
  return {
    serial,
    ...more,
    records: [
      [
        'SYSCALL',
        syscallFields({ syscall: 59, exe: file, items: 2, key: 'exec' }),
      ],
      ['EXECVE', `argc=${argv.length} ${args}`],
      ['CWD', 'cwd="/root"'],
      ['PATH', pathFields({ item: 0, name: file, mode: '0100755' })],
      [
        'PATH',
        pathFields({
          item: 1,
          name: '/lib64/ld-linux-x86-64.so.2',
          mode: '0100755',
        }),
      ],
      ['PROCTITLE', `proctitle=${hex(argv.join('\0'))}`],
    ],
  }
}

/** A connect to a UNIX socket: SYSCALL, SOCKADDR, CWD, PATH, PROCTITLE. */
export function connectEvent(
  serial: number,
  path: string,
  more: Partial<AuditEventText> & { readonly addressLength?: number } = {},
): AuditEventText {
  const { addressLength = 0x6e, ...event } = more
  return {
    serial,
    ...event,
    records: [
      [
        'SYSCALL',
        syscallFields({
          syscall: 42,
          items: 1,
          registers: ['3', '7ffe', addressLength.toString(16)],
        }),
      ],
      ['SOCKADDR', `saddr=${unixAddress(path)}`],
      ['CWD', 'cwd="/root"'],
      ['PATH', pathFields({ item: 0, name: path, mode: '0140755' })],
      ['PROCTITLE', `proctitle=${hex('tool\0-x')}`],
    ],
  }
}
