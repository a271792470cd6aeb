// Who is a process? Read from /proc: its program, its users, its container, and since when it is there.
// Source: proc(5), proc_pid_stat(5), proc_pid_status(5).
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

export interface ProcessView {
  readonly pid: number
  readonly ppid: number
  /** In clock ticks since boot: with the pid it names one process for good. */
  readonly startTicks: number
  readonly name: string
  /** undefined: it may not be asked. */
  readonly image: string | undefined
  readonly commandLine: string
  /** Whose rights it has. */
  readonly userId: number
  readonly realUserId: number
  /** Who had logged in; undefined: nobody. */
  readonly loginUserId: number | undefined
  /** Of a container runtime, as its control group says. */
  readonly container: string | undefined
  /** The path of its control group, of the unified hierarchy where there is one. */
  readonly controlGroup: string | undefined
}

/** Of a command line, in UTF-16 units. */
export const maxCommandLine = 4_096
/** `(uid_t)-1`: nobody logged in. */
export const noLogin = 4_294_967_295

/** A kernel without audit keeps nobody's login: that none is known of a process says nothing then. */
export const knowsLogins = existsSync('/proc/self/loginuid')

/** undefined: there is no such process any more. */
export function viewOf(pid: number, proc = '/proc'): ProcessView | undefined {
  const folder = join(proc, String(pid))
  try {
    const stat = readFileSync(join(folder, 'stat'), 'utf8')
    // The name in parentheses may hold anything, parentheses as well.
    const end = stat.lastIndexOf(')')
    const rest = stat.slice(end + 2).split(' ')
    const [real = 0, effective = 0] = usersOf(folder)
    const login = numberIn(join(folder, 'loginuid'))
    return {
      pid,
      ppid: Number(rest[1]),
      startTicks: Number(rest[19]),
      name: stat.slice(stat.indexOf('(') + 1, end),
      image: linkOf(join(folder, 'exe')),
      commandLine: argumentsAsLine(
        readFileSync(join(folder, 'cmdline'), 'utf8'),
      ),
      userId: effective,
      realUserId: real,
      loginUserId: login === noLogin ? undefined : login,
      ...groupOf(folder),
    }
  } catch {
    return undefined
  }
}

/** Arguments are parted by NUL. */
export function argumentsAsLine(text: string): string {
  return text.replaceAll('\0', ' ').trim().slice(0, maxCommandLine)
}

/** Since boot, in clock ticks; undefined: there is no such process. */
export function startOf(pid: number, proc = '/proc'): number | undefined {
  try {
    const stat = readFileSync(join(proc, String(pid), 'stat'), 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  } catch {
    return undefined
  }
}

export function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** Real and effective. */
function usersOf(folder: string): number[] {
  const status = readFileSync(join(folder, 'status'), 'utf8')
  const [, real, effective] = /^Uid:\s+(\d+)\s+(\d+)/m.exec(status) ?? []
  return [Number(real ?? 0), Number(effective ?? 0)]
}

function numberIn(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    // A kernel without auditing has none.
    return undefined
  }
}

/** Docker, containerd, CRI-O and Podman name their groups by 64 hexadecimal digits. */
export function groupOf(
  folder: string,
): Pick<ProcessView, 'container' | 'controlGroup'> {
  const text = readFileSync(join(folder, 'cgroup'), 'utf8')
  const container = /(?<![\da-f])([\da-f]{64})(?![\da-f])/
    .exec(text)?.[1]
    ?.slice(0, 12)
  const unified = /^0::(.+)$/m.exec(text)?.[1]
  return { container, controlGroup: unified }
}
