// A line of trace_pipe: who, when, and a system call that began or ended. Whoever is watched has chosen the name of a process, fifteen bytes
// in which no line can be forged, and the path of a program: the kernel's filter leaves out those that hold a line break.
// Source: Documentation/trace/ftrace.rst, "Output format".

export interface TraceLine {
  readonly tid: number
  /** undefined: the kernel does not know any more. */
  readonly pid: number | undefined
  /** What it is called: fifteen bytes at most. */
  readonly name: string
  /** Seconds of the monotonic clock. */
  readonly time: number
  readonly what:
    | { readonly kind: 'enter'; readonly call: string; readonly args: Args }
    | { readonly kind: 'exit'; readonly call: string; readonly ret: number }
    | { readonly kind: 'fork'; readonly child: number }
    | { readonly kind: 'exec'; readonly path: string }
    | { readonly kind: 'end' }
    | { readonly kind: 'lost'; readonly count: number }
}

/** By name. */
export type Args = Readonly<Record<string, number>>

const head =
  /^\s*(.*)-(\d{1,10})\s+\(\s*(\d{1,10}|-+)\)\s+\[\d{3,4}\]\s+\S+\s+(\d{1,12}\.\d{1,9}): (.+)$/

export function readTraceLine(line: string): TraceLine | undefined {
  const [, lost] =
    /^CPU:\d{1,4} \[LOST (\d{1,15}) EVENTS\]$/.exec(line.trim()) ?? []
  if (lost !== undefined) {
    const what = { kind: 'lost', count: Number(lost) } as const
    return { tid: 0, pid: undefined, name: '', time: 0, what }
  }
  const [, name, tid, tgid, time, rest] = head.exec(line) ?? []
  const what = rest === undefined ? undefined : whatOf(rest)
  if (!what) return undefined
  const pid = /^\d+$/.test(tgid!) ? Number(tgid) : undefined
  return { tid: Number(tid), pid, name: name!, time: Number(time), what }
}

function whatOf(text: string): TraceLine['what'] | undefined {
  const [, entered, list] = /^sys_(\w+)\((.*)\)$/.exec(text) ?? []
  if (entered !== undefined)
    return { kind: 'enter', call: entered, args: argsOf(list!) }
  const [, left, ret] = /^sys_(\w+) -> (0x[\da-f]{1,16})$/.exec(text) ?? []
  if (left !== undefined) return { kind: 'exit', call: left, ret: signed(ret!) }
  if (text.startsWith('sched_process_exit: ')) return { kind: 'end' }
  const [, path] =
    /^sched_process_exec: filename=(.+) pid=\d+ old_pid=\d+$/.exec(text) ?? []
  if (path !== undefined) return { kind: 'exec', path: bytesAsText(path) }
  const [, child] =
    /^sched_process_fork: .*child_pid=(\d{1,10})$/.exec(text) ?? []
  return child === undefined
    ? undefined
    : { kind: 'fork', child: Number(child) }
}

/** `request: 10, pid: 4d2`: hexadecimal. */
function argsOf(list: string): Args {
  const args: Record<string, number> = {}
  for (const [, name, value] of list.matchAll(
    /(\w{1,32}): (?:0x)?([\da-f]{1,16})/g,
  )) {
    args[name!] ??= Number.parseInt(value!, 16)
  }
  return args
}

/** The ring is read byte by byte; paths are UTF-8, mostly. */
function bytesAsText(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

function signed(hex: string): number {
  return Number(BigInt.asIntN(64, BigInt(hex)))
}
