// macOS Endpoint Security: which of Sigma's categories its events are, by the single member name of `event`, since the numbers
// of event types are not stable knowledge. Names: Apple's ESMessage.h.
import { type EventKinds, kind, type NamedSource } from './source.ts'

/** An event that is not here belongs to no category that is known; those of an `mmap` depend on its protection. */
export const endpointSecurityEvents: EventKinds = {
  exec: kind('process_creation'),
  fork: kind('process_fork'),
  exit: kind('process_termination'),
  xpc_connect: kind('xpc_connect'),
  uipc_bind: kind('socket_bind'),
  uipc_connect: kind('socket_connect'),
  get_task: kind('process_access'),
  get_task_read: kind('process_access'),
  get_task_inspect: kind('process_access'),
  get_task_name: kind('process_access'),
  trace: kind('process_access'),
  proc_suspend_resume: kind('process_access'),
  remote_thread_create: kind(['create_remote_thread', 'process_access']),
  proc_check: kind([]),
  signal: kind([]),
  kextload: kind('driver_load'),
  btm_launch_item_add: kind('launch_item_add'),
  create: kind('file_event'),
  // A file appears under a name: rules for created files want to see it.
  rename: kind(['file_event', 'file_rename']),
  clone: kind('file_event'),
  link: kind('file_event'),
  unlink: kind('file_delete'),
  open: kind([]),
  write: kind('file_change'),
  close: kind([]),
  setmode: kind('file_change'),
  tcc_modify: kind('tcc_modify'),
}

export const endpointSecuritySource: NamedSource = {
  selector: { product: 'macos', service: 'endpointsecurity' },
  sourcetypes: ['macos:endpointsecurity', 'eslogger'],
}
