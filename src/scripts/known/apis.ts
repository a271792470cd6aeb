// Functions of the operating system that scripts call through a bridge: Declare, DllImport, ctypes, CALL.
import type { ActionKind } from '../action.ts'
import type { Teller } from '../fold/call.ts'
import { shownOf, type Value } from '../fold/value.ts'
import { tellPipe } from './places.ts'

interface Api {
  readonly kind: ActionKind
  /** Which argument its target is; absent: the name of the function. */
  readonly argument?: number
}

// Microsoft Learn, pages of the functions; man pages of the others.
const apis: Readonly<Record<string, Api>> = {
  createnamedpipe: { kind: 'pipe_server', argument: 0 },
  callnamedpipe: { kind: 'pipe_client', argument: 0 },
  waitnamedpipe: { kind: 'pipe_client', argument: 0 },
  impersonatenamedpipeclient: { kind: 'pipe_impersonation' },
  rpcimpersonateclient: { kind: 'pipe_impersonation' },
  openprocess: { kind: 'process_access' },
  writeprocessmemory: { kind: 'process_access' },
  readprocessmemory: { kind: 'process_access' },
  createremotethread: { kind: 'process_access' },
  createremotethreadex: { kind: 'process_access' },
  ntcreatethreadex: { kind: 'process_access' },
  rtlcreateuserthread: { kind: 'process_access' },
  queueuserapc: { kind: 'process_access' },
  ntmapviewofsection: { kind: 'process_access' },
  virtualallocex: { kind: 'process_access' },
  virtualprotectex: { kind: 'process_access' },
  setthreadcontext: { kind: 'process_access' },
  minidumpwritedump: { kind: 'process_access' },
  duplicatetokenex: { kind: 'process_access' },
  createfilemapping: { kind: 'shared_memory', argument: 4 },
  openfilemapping: { kind: 'shared_memory', argument: 2 },
  shm_open: { kind: 'shared_memory', argument: 0 },
  shmget: { kind: 'shared_memory' },
  memfd_create: { kind: 'shared_memory', argument: 0 },
  ptrace: { kind: 'process_access' },
  process_vm_writev: { kind: 'process_access' },
  task_for_pid: { kind: 'process_access' },
  winexec: { kind: 'start', argument: 0 },
  createprocess: { kind: 'start', argument: 1 },
  createprocesswithtoken: { kind: 'start', argument: 2 },
  shellexecute: { kind: 'start', argument: 2 },
  urldownloadtofile: { kind: 'connect', argument: 1 },
  internetopenurl: { kind: 'connect', argument: 1 },
  ddeinitialize: { kind: 'dde' },
  ddeconnect: { kind: 'dde' },
  bootstrap_look_up: { kind: 'xpc', argument: 1 },
  xpc_connection_create_mach_service: { kind: 'xpc', argument: 0 },
  cocreateinstanceex: { kind: 'com', argument: 0 },
}

/** Without the letter for its texts, the library before it, and the underscore of some. */
function apiOf(name: string): Api | undefined {
  const bare = name
    .toLowerCase()
    .replace(/^.*[.!]/, '')
    .replace(/^_+/, '')
  const known = Object.hasOwn(apis, bare) ? bare : bare.replace(/[aw]$/, '')
  return Object.hasOwn(apis, known) ? apis[known] : undefined
}

export const apiNames: readonly string[] = Object.keys(apis)

export function isApi(name: string): boolean {
  return apiOf(name) !== undefined
}

/** A function that is called, or only declared where no arguments are known. */
export function tellApi(
  teller: Teller,
  name: string,
  args?: readonly Value[],
): void {
  const api = apiOf(name)
  if (!api) return
  const bare = name.replace(/^.*[.!]/, '')
  const value = api.argument === undefined ? undefined : args?.[api.argument]
  if (
    !args &&
    (api.kind === 'start' || api.kind === 'connect' || api.kind === 'com')
  )
    return
  if (value && api.kind === 'start') teller.commandLine(value)
  else if (!value || !isPipe(teller, api.kind, shownOf(value))) {
    teller.tell(api.kind, value ? shownOf(value) : bare)
  }
}

function isPipe(teller: Teller, kind: ActionKind, path: string): boolean {
  return (
    (kind === 'pipe_server' || kind === 'pipe_client') &&
    tellPipe(teller, kind, path)
  )
}

/** Names of functions in a text of another language: C# for Add-Type, `Lib` of Declare. */
export function tellApisIn(teller: Teller, source: string): void {
  const told = new Set<string>()
  for (const [, name] of source
    .slice(0, 200_000)
    .matchAll(/\b([A-Za-z_]\w{5,40})\s*\(/g)) {
    if (told.has(name!) || told.size > 64) continue
    told.add(name!)
    tellApi(teller, name!)
  }
}
