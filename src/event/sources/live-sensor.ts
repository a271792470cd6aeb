// The sensors of this project on Linux: what each kind of event is in Sigma's categories, and in those beyond it that audit's events have too.
import type { NamedSource } from './source.ts'

/** Service of all that they tell. */
export const sensorService = 'ipcwatch'

export const liveCategories: Readonly<Record<string, readonly string[]>> = {
  exec: ['process_creation'],
  exit: ['process_termination'],
  accept: ['socket_accept'],
  fifo_create: ['file_event', 'fifo_create'],
  fifo_open: ['fifo_open'],
  memory_open: ['process_access'],
  ptrace: ['process_access'],
  process_vm: ['process_access'],
  pidfd_getfd: ['process_access'],
  memfd_create: ['shared_memory'],
  shmget: ['shared_memory'],
  shmat: ['shared_memory'],
  io_uring_setup: ['io_uring_setup'],
  descriptor_pass: ['descriptor_pass'],
  repeated: [],
}

/** Of a call on a socket: by the family of its address. */
export const liveSocketCategories: Readonly<
  Record<string, { readonly unix: string; readonly inet: string }>
> = {
  connect: { unix: 'socket_connect', inet: 'network_connection' },
  bind: { unix: 'socket_bind', inet: 'network_bind' },
}

export const liveSensorSource: NamedSource = {
  selector: { product: 'linux', service: sensorService },
  sourcetypes: ['ipcwatch:sensor'],
}
