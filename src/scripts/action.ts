// What does a script do? One action each: what kind, on what, and where that stands in the original bytes.
import type { Language } from './language.ts'

/** Each with what its target is. */
export const actionKinds = {
  com: 'COM object by ProgID, class id or moniker',
  wmi: 'WMI class, method or query',
  pipe_server: 'named pipe that is served',
  pipe_client: 'named pipe that is opened',
  pipe_impersonation: 'call that takes on the identity of a pipe client',
  socket_server: 'UNIX socket that is served',
  socket_client: 'UNIX socket that is spoken to',
  fifo: 'FIFO that is made',
  dbus: 'D-Bus name and method',
  xpc: 'XPC or Mach service',
  apple_event: 'application that is told something',
  prompt: 'dialog that asks for a password',
  dde: 'DDE service and topic',
  shared_memory: 'segment or memory file',
  process_access: 'call that reaches into another process',
  enable: 'scripting or remote use that is switched on',
  disable: 'protection that is switched off',
  connect: 'address that is connected to',
  listen: 'address that is listened on',
  start: 'program or command line that is started',
  evaluate: 'text that is run as code',
  load: 'library or assembly that is loaded',
  write: 'file that is written',
  registry: 'registry value that is set',
  container_request: 'what is asked of a container runtime',
  install: 'task, service or agent that is set up',
  piped_script: 'interpreter that is given its script through a pipe',
  pipe_commands: 'named pipe from which text is run as code',
  memory_commands: 'shared memory from which text is run as code',
  network_shell: 'shell whose input and output are a connection',
} as const

export type ActionKind = keyof typeof actionKinds

export interface Action {
  readonly kind: ActionKind
  readonly target: string
  /** The statement, folded: strings joined and decoded. */
  readonly text: string
  /** The same place as it is written, bounded. */
  readonly source: string
  /** In bytes of the original. */
  readonly offset: number
  readonly length: number
  /** The other host, where one is named. */
  readonly host?: string
  /** The procedure that starts by itself, from which this is reached. */
  readonly entry?: string
  /** Of the layer that it stands in: a script in a script has its own. */
  readonly language: Language
  /** How its text was hidden, in words of `obfuscations`. */
  readonly obfuscation: readonly string[]
  /** How many scripts it is wrapped in. */
  readonly depth: number
}

export interface ScriptReading {
  readonly language: Language
  readonly bytes: number
  readonly actions: readonly Action[]
  /** Of all of it. */
  readonly obfuscation: readonly string[]
  /** Files that it carries, decoded: documents, archives, discs. */
  readonly files: readonly Buffer[]
  /** What was not followed, and why. */
  readonly limits: readonly string[]
}
