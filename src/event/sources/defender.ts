// Microsoft Defender's hunting tables. Actions: Microsoft Learn, "Understand the advanced hunting schema" and the page of
// each table.
import { type EventKinds, kind, type NamedSource } from './source.ts'

/** By `ActionType`; others are in no category of Sigma's. */
export const defenderEvents: EventKinds = {
  ProcessCreated: kind('process_creation'),
  ImageLoaded: kind('image_load'),
  DriverLoad: kind('driver_load'),
  FileCreated: kind('file_event'),
  FileModified: kind(['file_change', 'file_event']),
  FileRenamed: kind(['file_rename', 'file_event']),
  FileDeleted: kind('file_delete'),
  RegistryValueSet: kind(['registry_event', 'registry_set']),
  RegistryKeyCreated: kind(['registry_event', 'registry_add']),
  RegistryKeyDeleted: kind(['registry_event', 'registry_delete']),
  RegistryValueDeleted: kind(['registry_event', 'registry_delete']),
  RegistryKeyRenamed: kind(['registry_event', 'registry_rename']),
  ConnectionSuccess: kind('network_connection'),
  ConnectionAttempt: kind('network_connection'),
  ConnectionRequest: kind('network_connection'),
  ConnectionFailed: kind('network_connection'),
  InboundConnectionAccepted: kind('network_connection'),
  NamedPipeEvent: kind('pipe_created'),
  OpenProcessApiCall: kind('process_access'),
  CreateRemoteThreadApiCall: kind('create_remote_thread'),
  DnsQueryResponse: kind('dns_query'),
}

// Linux and macOS report to the same tables, and no column says so.
export const defenderSource: NamedSource = {
  selector: {},
  sourcetypes: ['defender'],
  mark: 'ActionType',
}
