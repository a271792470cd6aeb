// The means by which processes speak to each other: pipes, sockets, XPC, D-Bus, COM.
import { field, group } from './field.ts'

export const pipeFields = group('named pipe', {
  PipeName: field(
    'text',
    'name of the pipe from its backslash on',
    '\\msagent_1a',
    'sysmon security ecs',
    { cim: 'pipe_name', ecs: 'file.path file.name', raw: 'RelativeTargetName' },
  ),
  PipeTemplate: field(
    'text',
    'the name with digits and GUIDs made equal',
    '\\msagent_#a',
    'sysmon security',
  ),
})

export const socketFields = group('socket', {
  SocketFamily: field(
    'text',
    'address family: unix, inet, inet6, netlink, ...',
    'unix',
    'auditd endpointsecurity',
    { raw: 'saddr saddr_fam' },
  ),
  SocketPath: field(
    'path',
    'path of a UNIX socket, absolute where the directory is known; `@name` for an abstract one',
    '/run/docker.sock',
    'auditd endpointsecurity falco tetragon tracee',
    { raw: 'saddr' },
  ),
  SocketPathRaw: field(
    'path',
    'the path as the program wrote it, where that differs',
    '../run/docker.sock',
    'auditd',
    { raw: 'saddr' },
  ),
  SourceIp: field(
    'address',
    'address of the side that connects, or that a socket was bound to',
    '10.0.0.5',
    'sysmon security auditd ecs',
    {
      cim: 'src_ip src',
      addOn: 'Source_Network_Address',
      ecs: 'source.ip source.address',
      raw: 'IpAddress addr',
    },
  ),
  SourcePort: field(
    'number',
    'port of the side that connects, or that a socket was bound to',
    50123,
    'sysmon security auditd ecs',
    { cim: 'src_port', ecs: 'source.port', raw: 'IpPort' },
  ),
  SourceHostname: field(
    'text',
    'name of the side that connects',
    'WS01',
    'sysmon ecs',
    { cim: 'src_host src', ecs: 'source.domain' },
  ),
  DestinationIp: field(
    'address',
    'address of the side that is connected to',
    '169.254.169.254',
    'sysmon auditd ecs falco tetragon tracee',
    { cim: 'dest_ip', ecs: 'destination.ip destination.address', raw: 'saddr' },
  ),
  DestinationPort: field(
    'number',
    'port of the side that is connected to',
    80,
    'sysmon auditd ecs falco tetragon tracee',
    { cim: 'dest_port', ecs: 'destination.port', raw: 'saddr' },
  ),
  DestinationHostname: field(
    'text',
    'name of the side that is connected to',
    'example.org',
    'sysmon ecs',
    { cim: 'dest_host', ecs: 'destination.domain' },
  ),
  Initiated: field(
    'boolean',
    'this process opened the connection',
    true,
    'sysmon auditd',
  ),
  QueryName: field(
    'text',
    'name that was looked up',
    'example.org',
    'sysmon ecs',
    { cim: 'query', ecs: 'dns.question.name' },
  ),
})

export const xpcFields = group('xpc and launch items', {
  XpcService: field(
    'text',
    'name of the XPC or Mach service that was connected to',
    'com.example.helper',
    'endpointsecurity',
    { raw: 'event.xpc_connect.service_name' },
  ),
  XpcDomain: field(
    'text',
    'domain in which the service was looked up',
    'SYSTEM',
    'endpointsecurity',
    { raw: 'event.xpc_connect.service_domain_type' },
  ),
  LaunchItemType: field(
    'text',
    'kind of item that will be started: AGENT, DAEMON, LOGIN_ITEM, ...',
    'DAEMON',
    'endpointsecurity',
    { raw: 'event.btm_launch_item_add.item.item_type' },
  ),
  LaunchItemUrl: field(
    'text',
    'where the item is described',
    'file:///Library/LaunchDaemons/com.example.plist',
    'endpointsecurity',
    { raw: 'event.btm_launch_item_add.item.item_url' },
  ),
  LaunchItemExecutable: field(
    'path',
    'the program that the item starts',
    '/Library/PrivilegedHelperTools/com.example.helper',
    'endpointsecurity',
    { raw: 'event.btm_launch_item_add.executable_path' },
  ),
  LaunchItemAppImage: field(
    'path',
    'the application that the item belongs to',
    '/Applications/Example.app/Contents/MacOS/Example',
    'endpointsecurity',
    { raw: 'event.btm_launch_item_add.app' },
  ),
  InstigatorImage: field(
    'path',
    'the program on whose behalf the system acted',
    '/usr/bin/sudo',
    'endpointsecurity',
    { raw: 'event.btm_launch_item_add.instigator' },
  ),
  TccService: field(
    'text',
    'the protected service that a permission is for',
    'kTCCServiceAppleEvents',
    'endpointsecurity',
    { raw: 'event.tcc_modify.service' },
  ),
  TccIdentity: field(
    'text',
    'who got or lost the permission',
    'com.example.app',
    'endpointsecurity',
    { raw: 'event.tcc_modify.identity' },
  ),
})

export const dbusFields = group('d-bus', {
  DbusInterface: field(
    'text',
    'interface of a message on the bus',
    'org.freedesktop.systemd1.Manager',
    'auditd dbus-daemon',
    { raw: 'interface' },
  ),
  DbusMember: field(
    'text',
    'method or signal of a message on the bus',
    'StartTransientUnit',
    'auditd dbus-daemon',
    { raw: 'member' },
  ),
  DbusDestination: field(
    'text',
    'who a message on the bus was sent to',
    'org.freedesktop.systemd1',
    'auditd dbus-daemon',
    { raw: 'dest destination' },
  ),
  DbusSenderProcessId: field(
    'number',
    'process that sent the message',
    1234,
    'auditd dbus-daemon',
    { raw: 'spid sender_pid' },
  ),
  DbusSenderUserId: field(
    'text',
    'id of the user of the process that sent it',
    '1000',
    'dbus-daemon',
    { raw: 'sender_uid' },
  ),
  DbusReceiverProcessId: field(
    'number',
    'process that it was sent to',
    1,
    'auditd dbus-daemon',
    { raw: 'tpid peer_pid receiver_pid' },
  ),
  DbusVerdict: field(
    'text',
    'whether the bus passed it on: denied or granted',
    'denied',
    'auditd dbus-daemon',
    { raw: 'seresult apparmor' },
  ),
})

export const comFields = group('com', {
  Clsid: field(
    'list',
    'class ids in a key, path or command line',
    '{9BA05972-F6A8-11CF-A442-00A0C90A8F39}',
    'sysmon security system',
  ),
  AppId: field(
    'text',
    'application id of a COM server',
    '{7E0423CD-1119-0928-900C-E6D4A52A0715}',
    'system',
  ),
  DcomPermissionScope: field(
    'text',
    "whose permission was missing: the application's or the machine's",
    'machine-default',
    'system',
  ),
  DcomOrigin: field(
    'text',
    'whether the COM client was on the same host',
    'Remote',
    'system',
  ),
  DcomOperation: field(
    'text',
    'what the COM client asked for',
    'Activation',
    'system',
  ),
  AuthenticationLevel: field(
    'text',
    'level that the COM client asked for: 2 connect, 5 packet integrity',
    '2',
    'system',
  ),
  UserSid: field(
    'text',
    'security identifier of the COM client',
    'S-1-5-21-1-2-3-1104',
    'system',
  ),
  ErrorCode: field('text', 'why a COM server did not start', '1115', 'system'),
  ParentClsid: field(
    'list',
    'class ids in the command line of the parent',
    '{9BA05972-F6A8-11CF-A442-00A0C90A8F39}',
    'sysmon',
  ),
  ClassesKey: field(
    'text',
    'registry key below Classes, whatever hive it was written to',
    'CLSID\\{...}\\InprocServer32',
    'sysmon security',
  ),
  ClassesScope: field(
    'text',
    'whose classes were changed: the machine or a user',
    'user',
    'sysmon',
  ),
  RemoteAddress: field(
    'address',
    'where a remote activation came from',
    '10.0.0.5',
    'system',
  ),
  ClientProcessId: field(
    'number',
    'pid of the client of a WMI operation, or of an edge',
    4242,
    'wmi edges',
  ),
})
