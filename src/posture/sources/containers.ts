// `docker inspect` (podman's is alike), what the daemon tells of itself, its daemon.json, and specifications of Kubernetes pods.
import { parseAllDocuments } from 'yaml'

import {
  isJsonMap,
  jsonOf,
  type JsonMap,
  listAt,
  mapAt,
  rowsOf,
  textAt,
  textsAt,
} from './json-dumps.ts'
import { fileOf, type Reading, type Source } from './source.ts'

export const dockerInspect: Source = {
  what: 'docker inspect',
  recognises: (dump) =>
    rowsOf(jsonOf(dump)).some((r) => 'HostConfig' in r && 'Id' in r),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('container', dump.name)
    const whence = fileOf(dump)
    for (const row of rowsOf(jsonOf(dump))) {
      const name = (textAt(row, 'Name') ?? textAt(row, 'Id') ?? '?').replace(
        /^\//,
        '',
      )
      const key = `container\\${name}`
      const host = mapAt(row, 'HostConfig')
      const add = (fact: string, value: string | boolean | readonly string[]) =>
        dump.facts.add(key, fact, value, whence)
      add('privileged', host.Privileged === true)
      for (const mode of ['PidMode', 'IpcMode', 'UsernsMode', 'NetworkMode']) {
        add(mode, textAt(host, mode) ?? '')
      }
      add(
        'CapAdd',
        textsAt(host, 'CapAdd').map((c) => c.replace(/^CAP_/, '')),
      )
      add('SecurityOpt', textsAt(host, 'SecurityOpt'))
      const mounts = rowsOf(listAt(row, 'Mounts')).map(
        (m) => textAt(m, 'Source') ?? '',
      )
      const binds = textsAt(host, 'Binds').map((b) => b.split(':')[0]!)
      add('mounts', [...new Set([...mounts, ...binds])])
      add('user', textAt(mapAt(row, 'Config'), 'User') ?? '')
    }
  },
}

/** A client without its daemon prints all the same members, empty. */
export const containerInfo: Source = {
  what: 'docker info --format json, podman info --format json',
  recognises: (dump) => {
    const value = jsonOf(dump)
    return (
      isJsonMap(value) &&
      ('SecurityOptions' in value || isJsonMap(podmanSecurity(value)))
    )
  },
  read(dump) {
    const value = jsonOf(dump) as JsonMap
    dump.facts.of('linux')
    const { rootless } = podmanSecurity(value) ?? {}
    if (typeof rootless === 'boolean') {
      dump.facts.add('container-engine', 'rootless', rootless, fileOf(dump))
      return
    }
    if (!Array.isArray(value.SecurityOptions)) {
      const [why] = textsAt(value, 'ServerErrors')
      dump.note(`the daemon told nothing${why ? `: ${why}` : ''}`)
      return
    }
    // Each is `name=…`, with what belongs to it behind commas.
    const options = textsAt(value, 'SecurityOptions').map(
      (o) => o.split(',')[0]!,
    )
    dump.facts.add(
      'container-engine',
      'rootless',
      options.includes('name=rootless'),
      fileOf(dump),
    )
  },
}

function podmanSecurity(value: JsonMap): JsonMap | undefined {
  const security = mapAt(value, 'host').security
  return isJsonMap(security) ? security : undefined
}

const daemonMembers = [
  'userns-remap',
  'tlsverify',
  'hosts',
  'no-new-privileges',
  'icc',
  'storage-driver',
  'log-driver',
  'data-root',
  'live-restore',
  'insecure-registries',
  'seccomp-profile',
]

export const dockerDaemon: Source = {
  what: 'docker daemon.json',
  recognises: (dump) => {
    const value = jsonOf(dump)
    if (!isJsonMap(value)) return false
    return (
      dump.base === 'daemon.json' ||
      daemonMembers.slice(0, 4).some((m) => m in value)
    )
  },
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('docker-daemon', dump.name)
    const value = jsonOf(dump) as JsonMap
    for (const [name, member] of Object.entries(value)) {
      const fact = Array.isArray(member) ? member.map(String) : member
      if (
        ['string', 'number', 'boolean'].includes(typeof fact) ||
        Array.isArray(fact)
      ) {
        dump.facts.add('docker-daemon', name, fact as string, fileOf(dump))
      }
    }
    const hosts = textsAt(value, 'hosts').filter((h) => h.startsWith('tcp:'))
    const open = value.tlsverify === true ? [] : hosts
    dump.facts.add('docker-daemon', 'tcp hosts without TLS', open, fileOf(dump))
  },
}

/** In UTF-16 units. */
const maxYaml = 4 * 1024 * 1024
const kinds =
  /^[ \t]*"?kind"?\s*:\s*"?(Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|Job|CronJob|List|PodList)\b/m

export const kubernetes: Source = {
  what: 'Kubernetes pod specification',
  recognises: ({ text }) =>
    text.length <= maxYaml &&
    kinds.test(text) &&
    /^[ \t]*"?apiVersion"?\s*:/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('pod', dump.name)
    for (const document of parseAllDocuments(dump.text, {
      logLevel: 'silent',
    })) {
      if (document.errors.length) {
        dump.note(`not YAML: ${document.errors[0]!.message.split('\n')[0]}`)
        continue
      }
      readObject(dump, document.toJS({ maxAliasCount: 100 }) as unknown, 0)
    }
  },
}

function readObject(dump: Reading, value: unknown, depth: number): void {
  if (!isJsonMap(value) || depth > 4) return
  for (const item of listAt(value, 'items')) readObject(dump, item, depth + 1)
  const spec = podSpec(value)
  if (!spec) return
  const pod = textAt(mapAt(value, 'metadata'), 'name') ?? '?'
  const volumes = new Map(
    rowsOf(listAt(spec, 'volumes')).map((v) => [
      textAt(v, 'name'),
      textAt(mapAt(v, 'hostPath'), 'path'),
    ]),
  )
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of rowsOf(listAt(spec, list))) {
      readContainer(dump, pod, spec, container, volumes)
    }
  }
}

function podSpec(value: JsonMap): JsonMap | undefined {
  let spec = mapAt(value, 'spec')
  for (let i = 0; i < 4; i++) {
    if ('containers' in spec) return spec
    spec = mapAt(mapAt(spec, 'jobTemplate'), 'spec').template
      ? mapAt(mapAt(spec, 'jobTemplate'), 'spec')
      : mapAt(mapAt(spec, 'template'), 'spec')
  }
  return undefined
}

function readContainer(
  dump: Reading,
  pod: string,
  spec: JsonMap,
  container: JsonMap,
  volumes: ReadonlyMap<string | undefined, string | undefined>,
): void {
  const key = `pod\\${pod}/${textAt(container, 'name') ?? '?'}`
  const context = mapAt(container, 'securityContext')
  const around = mapAt(spec, 'securityContext')
  const add = (name: string, value: boolean | string | readonly string[]) =>
    dump.facts.add(key, name, value, fileOf(dump))
  add('privileged', context.privileged === true)
  for (const name of [
    'hostPID',
    'hostIPC',
    'hostNetwork',
    'shareProcessNamespace',
  ]) {
    add(name, spec[name] === true)
  }
  // The kernel's default is to allow it; a privileged container always does.
  add('allowPrivilegeEscalation', context.allowPrivilegeEscalation !== false)
  add(
    'capabilities',
    textsAt(mapAt(context, 'capabilities'), 'add').map((c) =>
      c.replace(/^CAP_/, ''),
    ),
  )
  const paths = rowsOf(listAt(container, 'volumeMounts')).map((m) =>
    volumes.get(textAt(m, 'name')),
  )
  add(
    'hostPaths',
    paths.filter((p): p is string => p !== undefined),
  )
  const profile =
    mapAt(context, 'seccompProfile').type ??
    mapAt(around, 'seccompProfile').type
  add('seccomp', typeof profile === 'string' ? profile : '')
  add('runAsNonRoot', (context.runAsNonRoot ?? around.runAsNonRoot) === true)
}
