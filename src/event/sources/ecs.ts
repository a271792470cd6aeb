// Elastic's common schema: which of Sigma's categories its `event.category` and `event.action` (or `event.type`) amount to. Sources: Elastic
// Common Schema, "event.category"; the actions of Elastic Defend and of Auditbeat.
import type { NamedSource } from './source.ts'

/** By category, then by action; what stands for a category alone is ''. */
export const ecsCategories: Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
> = {
  process: {
    exec: ['process_creation'],
    start: ['process_creation'],
    process_started: ['process_creation'],
    executed: ['process_creation'],
    fork: ['process_fork'],
    end: ['process_termination'],
    process_stopped: ['process_termination'],
    ptrace: ['process_access'],
    open: ['process_access'],
    '': [],
  },
  file: {
    creation: ['file_event'],
    create: ['file_event'],
    overwrite: ['file_event'],
    modification: ['file_change'],
    deletion: ['file_delete'],
    delete: ['file_delete'],
    rename: ['file_event', 'file_rename'],
    change: ['file_change'],
    '': [],
  },
  network: {
    connection_attempted: ['network_connection'],
    connection_accepted: ['network_connection'],
    disconnect_received: [],
    lookup_requested: ['dns_query'],
    lookup_result: ['dns_query'],
    '': ['network_connection'],
  },
  library: { '': ['image_load'] },
  driver: { '': ['driver_load'] },
  registry: {
    modification: ['registry_set', 'registry_event'],
    change: ['registry_set', 'registry_event'],
    creation: ['registry_set', 'registry_event'],
    deletion: ['registry_delete', 'registry_event'],
    '': ['registry_event'],
  },
}

/** `host.os.type`, `.family` or `.platform` as Sigma's product. */
export const ecsProducts: Readonly<Record<string, string>> = {
  windows: 'windows',
  macos: 'macos',
  darwin: 'macos',
  linux: 'linux',
  debian: 'linux',
  ubuntu: 'linux',
  redhat: 'linux',
  centos: 'linux',
  fedora: 'linux',
  suse: 'linux',
  amazon: 'linux',
}

export const ecsSource: NamedSource = {
  selector: {},
  sourcetypes: ['ecs'],
  mark: '@timestamp',
}
