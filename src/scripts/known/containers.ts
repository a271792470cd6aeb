// What a script asks of a container runtime: requests of its interface over HTTP, whoever sends them.
import type { Call, Known, Teller } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { jsonOf } from '../fold/json.ts'
import { object, shownOf, text, type Value } from '../fold/value.ts'
import { socketOf } from './places.ts'

// Docker Engine API reference: containers are created, started, attached to; commands are run in them; images are made.
const asks =
  /(?:^|[\s/"'])(?:v\d\.\d{1,2}\/)?(?:libpod\/)?(?:containers\/(?:create|[^\s/"']{1,80}\/(?:exec|attach|start))|exec\/[^\s/"']{1,80}\/start|images\/create|build)\b|"HostConfig"\s{0,4}:/i

/** UTF-16 units of a request that are looked at, and that are told. */
const maxLooked = 8_192
const maxTold = 1_024

export function tellRequest(teller: Pick<Teller, 'tell'>, sent: string): void {
  const head = sent.slice(0, maxLooked)
  if (asks.test(head))
    teller.tell(
      'container_request',
      head.replace(/\s+/g, ' ').slice(0, maxTold),
    )
}

/** Whatever a call is given. */
export function tellRequests(call: Call): void {
  for (const arg of [...call.args, ...call.named.values()]) {
    if (arg.kind === 'text') tellRequest(call, arg.text)
    else if (arg.kind === 'bytes' && arg.bytes.length <= maxLooked)
      tellRequest(call, arg.bytes.toString('latin1'))
    else if (arg.kind === 'object' && arg.type === 'map') tellTable(call, arg)
  }
}

function tellTable(call: Call, table: Value & { kind: 'object' }): void {
  const path = table.entries.get('path')
  if (path) tellRequest(call, shownOf(path))
  if (table.entries.has('hostconfig')) tellRequest(call, jsonOf(table))
}

/** Where one listens, among what a script speaks to. */
export const runtimes =
  /(?:docker|containerd|podman|crio|buildkitd)\.sock$|docker_engine|:237[56]\b/

const usual = '/var/run/docker.sock'

const client: Known = (call) => {
  const address = call.named.get('base_url') ?? call.args[0]
  call.tell('socket_client', socketOf(shownOf(address)) ?? usual)
  return object('container.client')
}

/** `client.containers.run(image, command, privileged=True)`. */
const runs: Known = (call) => {
  const given = object('map')
  for (const [name, value] of call.named) given.entries.set(name, value)
  const [image, command] = call.args.map(shownOf)
  call.tell(
    'container_request',
    ['containers/create', image, command, jsonOf(given)]
      .filter(Boolean)
      .join(' '),
  )
  return object('container', { data: text(image ?? '') })
}

export const containerCalls: Table = {
  'docker.from_env': client,
  'docker.dockerclient': client,
  'docker.apiclient': client,
  'podman.podmanclient': client,
  'container.client.containers.run': runs,
  'container.client.containers.create': runs,
  'container.client.create_container': runs,
}
