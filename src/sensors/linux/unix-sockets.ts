// Which UNIX sockets are connected with which? /proc/net/unix does not say; `ss` asks the kernel (UNIX_DIAG).
// Source: ss(8), proc_net(5).
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface UnixSocket {
  readonly inode: string
  /** `@name` is an abstract one; undefined where it has no name. */
  readonly path: string | undefined
  /** Inode of the other end. */
  readonly peer: string | undefined
  readonly isListening: boolean
}

export interface UnixSockets {
  readonly sockets: readonly UnixSocket[]
  /** Why the other ends are not known; undefined: they are. */
  readonly blind: string | undefined
}

/** Milliseconds, and bytes of what `ss` writes. */
const timeoutMs = 10_000
const maxBytes = 64 * 1024 * 1024

export function listUnixSockets(): UnixSockets {
  const { stdout, error, status, stderr } = spawnSync('ss', ['-xanH'], {
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: maxBytes,
  })
  if (!error && status === 0)
    return { sockets: readSs(stdout), blind: undefined }
  const why = error ? error.message : stderr.trim().split('\n')[0]
  const sockets = readProcNet(readFileSync('/proc/net/unix', 'utf8'))
  return { sockets, blind: `ss (of iproute2) did not answer: ${why}` }
}

/** `u_str ESTAB 0 0 /run/x 111 * 112`: netid, state, two queues, name and inode of this end, then of the other. */
export function readSs(text: string): UnixSocket[] {
  const sockets: UnixSocket[] = []
  for (const line of text.split('\n')) {
    // A name may hold blanks: what is fixed is what stands before and behind it.
    const [, state, name, inode, peer] =
      /^u_\w+\s+(\S+)\s+\d+\s+\d+\s+(.+?)\s+(\d+)\s+\S.*?\s+(\d+)\s*$/.exec(
        line,
      ) ?? []
    if (inode === undefined) continue
    sockets.push({
      inode,
      path: name === '*' ? undefined : name,
      peer: peer === '0' ? undefined : peer,
      isListening: state === 'LISTEN',
    })
  }
  return sockets
}

/** `Num RefCount Protocol Flags Type St Inode Path`; flag 10000 is one that listens. */
export function readProcNet(text: string): UnixSocket[] {
  const sockets: UnixSocket[] = []
  for (const line of text.split('\n').slice(1)) {
    const [, flags, inode, path] =
      /^\S+: \S+ \S+ (\S+) \S+ \S+ +(\d+)(?: (.+))?$/.exec(line) ?? []
    if (inode === undefined) continue
    const isListening = flags === '00010000'
    sockets.push({ inode, path, peer: undefined, isListening })
  }
  return sockets
}
