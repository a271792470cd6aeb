// What does a path or an address say of how two programs speak? A pipe, a socket, a host.
import { ofMemory } from '../fold/flow.ts'
import type { Teller } from '../fold/call.ts'

/** `\\.\pipe\name`, `//./pipe/name`, `\\host\pipe\name`. */
export function pipeOf(
  path: string,
): { name: string; host: string | undefined } | undefined {
  const found = /^[\\/]{2}([^\\/]{1,255})[\\/]pipe[\\/](.{1,256})$/i.exec(
    path.trim(),
  )
  if (!found) return undefined
  const host =
    found[1] === '.' ||
    found[1] === '?' ||
    /^(localhost|127\.0\.0\.1)$/i.test(found[1]!)
      ? undefined
      : found[1]
  return { name: `\\${found[2]!.replaceAll('/', '\\')}`, host }
}

export function tellPipe(
  teller: Pick<Teller, 'tell'>,
  kind: 'pipe_client' | 'pipe_server',
  path: string,
): boolean {
  const pipe = pipeOf(path)
  if (!pipe) return false
  teller.tell(kind, pipe.name, { host: pipe.host })
  return true
}

/** `unix:///run/x.sock`, `/run/x.sock`, `@name`. */
export function socketOf(address: string): string | undefined {
  const bare = address
    .trim()
    .replace(/^(?:http\+)?unix(?:-connect|-listen)?:(?:path=)?(?:\/\/)?/i, '')
  const named = bare !== address.trim()
  if (named) return bare.split(',')[0]
  return /^\/[^\n]{1,255}\.(?:sock|socket)$|^\/(?:var\/)?run\/[^\n]{1,200}|^[@\0][\w./-]{1,107}$/.test(
    bare,
  )
    ? bare.replace('\0', '@')
    : undefined
}

export function isUrl(s: string): boolean {
  return /^(?:https?|ftps?|wss?|tcp|ldaps?|smb|hxxps?):\/\/[^\s]{1,4000}/i.test(
    s,
  )
}

/** A URL anywhere in a text, up to a space or a quote. */
export function urlIn(s: string): string | undefined {
  return /\b(?:https?|ftp|wss?|hxxps?):\/\/[^\s'"<>|)]{1,2000}/i.exec(s)?.[0]
}

/** Opens, writes or reads a file that may be more than a file. */
export function tellFile(
  teller: Pick<Teller, 'tell'>,
  path: string,
  writes: boolean,
): void {
  if (!path) return
  if (tellPipe(teller, 'pipe_client', path)) return
  if (/^\/dev\/shm\/./.test(path)) teller.tell('shared_memory', path)
  else if (/^\/proc\/(?:\d+|\{[^}]*\}|[^/]{1,20})\/mem$/.test(path))
    teller.tell('process_access', path)
  else if (
    writes &&
    !/^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$|^nul$/i.test(path)
  )
    teller.tell('write', path)
}

/** `\\server\share` or an UNC path in a target: the host that is meant. */
export function hostIn(path: string): string | undefined {
  const host = /^\\\\([^\\?.]{1,255})\\/.exec(path)?.[1]
  return host && isOther(host) ? host : undefined
}

export function isOther(host: string | undefined): boolean {
  return (
    host !== undefined &&
    host !== '' &&
    !/^(?:\.|localhost|127\.0\.0\.1|::1|\{?env:computername\}?|\?|%computername%)$/i.test(
      host,
    )
  )
}

/** What is in a file that lies in memory is of whoever shares it. */
export function memoryOf(path: string): number {
  return /^\/(?:dev|run)\/shm\/./.test(path) ? ofMemory : 0
}
