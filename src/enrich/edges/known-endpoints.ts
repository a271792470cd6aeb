// Endpoints whose owner is the same on every host: told where the recording does not show who offered them.
// Sources: [MS-RPCE] and the protocol documents of Windows (pipes of each interface); the manuals of each daemon for sockets.
import type { Endpoint } from './edge.ts'

interface KnownOwner {
  readonly image: string
  readonly privilege: 'system' | 'service'
}

const system32 = 'C:\\Windows\\System32\\'
const lsass: KnownOwner = { image: `${system32}lsass.exe`, privilege: 'system' }
const services: KnownOwner = {
  image: `${system32}services.exe`,
  privilege: 'system',
}
const svchost: KnownOwner = {
  image: `${system32}svchost.exe`,
  privilege: 'service',
}

const pipes: Readonly<Record<string, KnownOwner>> = {
  '\\lsass': lsass,
  '\\lsarpc': lsass,
  '\\samr': lsass,
  '\\netlogon': lsass,
  '\\efsrpc': lsass,
  '\\protected_storage': lsass,
  '\\svcctl': services,
  '\\ntsvcs': services,
  '\\scerpc': services,
  '\\spoolss': { image: `${system32}spoolsv.exe`, privilege: 'system' },
  '\\srvsvc': svchost,
  '\\wkssvc': svchost,
  '\\atsvc': svchost,
  '\\eventlog': svchost,
  '\\epmapper': svchost,
  '\\winreg': svchost,
  '\\browser': svchost,
  '\\keysvc': svchost,
  '\\trkwks': svchost,
  '\\w32time_alt': svchost,
}

export function ownerOfPipe(name: string): KnownOwner | undefined {
  const key = name.toLowerCase()
  return Object.hasOwn(pipes, key) ? pipes[key] : undefined
}

interface KnownSocket {
  readonly is: RegExp
  readonly title: string
  readonly program: string
  readonly root: boolean
}

const sockets: readonly KnownSocket[] = [
  {
    is: /^(?:\/var)?\/run\/docker\.sock$/,
    title: 'Docker',
    program: 'dockerd',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/(?:k3s\/)?containerd\/containerd\.sock(?:\.ttrpc)?$/,
    title: 'containerd',
    program: 'containerd',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/podman\/podman\.sock$/,
    title: 'Podman',
    program: 'podman',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/crio\/crio\.sock$/,
    title: 'CRI-O',
    program: 'crio',
    root: true,
  },
  {
    is: /^\/var\/(?:lib|snap)\/lxd\/(?:common\/lxd\/)?unix\.socket$/,
    title: 'LXD',
    program: 'lxd',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/dbus\/system_bus_socket$/,
    title: 'system bus',
    program: 'dbus-daemon',
    root: false,
  },
  {
    is: /^\/run\/user\/\d+\/bus$|^@\/tmp\/dbus-/,
    title: 'session bus',
    program: 'dbus-daemon',
    root: false,
  },
  {
    is: /^\/run\/systemd\/(?:private|io\.system\..*)$/,
    title: 'systemd',
    program: 'systemd',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/snapd(?:-snap)?\.socket$/,
    title: 'snapd',
    program: 'snapd',
    root: true,
  },
  {
    is: /^(?:\/var)?\/run\/libvirt\/.*sock$/,
    title: 'libvirt',
    program: 'libvirtd',
    root: true,
  },
]

export function knownSocket(path: string): KnownSocket | undefined {
  return sockets.find((s) => s.is.test(path))
}

export function isBus(endpoint: Endpoint): boolean {
  return endpoint.title?.endsWith(' bus') ?? false
}
