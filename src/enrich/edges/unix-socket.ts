// UNIX sockets: who bound the path or the abstract name, who connected to it; the well-known ones have a title and an owner. A connect
// to a bus is an edge to the bus, and names whom its client calls where the command line says so.
import { type Fact, textIn, textsOfFact } from '../facts/fact.ts'
import { type Process, programOf } from '../lineage/process.ts'
import { peerNaming } from '../lineage/processes.ts'
import { Recent } from '../../base/recent.ts'
import { busCall } from './bus-call.ts'
import type { Endpoint, Side } from './edge.ts'
import { isBus, knownSocket } from './known-endpoints.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

interface Bound {
  readonly process: Process
  readonly fact: Fact
}

const maxSockets = 10_000

export function unixSockets(context: EdgeContext): EdgeMaker {
  const bound = new Recent<Bound>(maxSockets, textsOfFact)
  return {
    kinds: ['unix_socket', 'dbus'],
    needs: ['connect', 'bind', 'start'],
    note(fact, process) {
      const path = textIn(fact, 'SocketPath')
      if (fact.kind !== 'bind' || !process || !path || failed(fact)) return
      bound.set(`${fact.host}\0${path}`, { process, fact })
    },
    act(fact, process) {
      const path = textIn(fact, 'SocketPath')
      if (fact.kind !== 'connect' || !process || !path || failed(fact)) return
      const at = bound.get(`${fact.host}\0${path}`)
      if (at?.process === process) return
      const endpoint = endpointOf(fact, path)
      context.edge({
        kind: isBus(endpoint) ? 'dbus' : 'unix_socket',
        time: fact.time,
        client: { process, known: 'it connected' },
        server: peerOf(context, fact) ?? serverOf(at, endpoint, fact),
        endpoint,
        action: isBus(endpoint)
          ? busCall(process.commandLine)?.text
          : undefined,
        runs: runsOf(endpoint),
        delayMs: at && Math.max(0, fact.time - at.fact.time),
        facts: at ? [fact, at.fact] : [fact],
      })
    },
  }
}

/** What a container's runtime starts, it starts for who asked it. Source: runc's, containerd's and conmon's own process names. */
const runtimes =
  /^(?:runc|crun|runc:\[.*|containerd-shim.*|conmon|docker-init|tini|catatonit)$/

function runsOf({ title }: Endpoint) {
  if (!containers.has(title ?? '')) return undefined
  return (starter: Process, started: Process) =>
    !runtimes.test(programOf(started.image)) &&
    (runtimes.test(programOf(starter.image)) ||
      runtimes.test(programOf(started.previousImage)))
}

const containers = new Set(['Docker', 'containerd', 'Podman', 'CRI-O'])

/** A call that failed reached nobody. */
export function failed(fact: Fact): boolean {
  return fact.fields.SyscallSuccess === false
}

function endpointOf(fact: Fact, path: string): Endpoint {
  return {
    name: path,
    template: path.replace(/\d+/g, '#'),
    title: knownSocket(path)?.title,
    owner: textIn(fact, 'FileOwnerId'),
  }
}

/** Some sensors ask the kernel who is there. */
function peerOf(context: EdgeContext, fact: Fact): Side | undefined {
  if (textIn(fact, 'PeerProcessId') === undefined) return undefined
  const process = context.processes.of(fact, peerNaming)
  if (!process) return undefined
  process.userId ??= textIn(fact, 'PeerUserId')
  process.commandLine ??= textIn(fact, 'PeerCommandLine')
  return { process, known: 'the kernel named it' }
}

function serverOf(
  at: Bound | undefined,
  { name, title, owner }: Endpoint,
  { product }: Fact,
): Side {
  if (at) return { process: at.process, known: 'it bound the socket' }
  const known = knownSocket(name)
  if (known?.root) {
    const reason = `${title} listens there as root`
    return {
      process: undefined,
      image: known.program,
      judged: { privilege: 'system', reason },
      known: reason,
    }
  }
  const side: Side = {
    process: undefined,
    image: known?.program,
    known: 'not known: the recording does not show who bound the socket',
  }
  if (owner === undefined || product !== 'linux') return side
  const reason = `the socket belongs to uid ${owner}`
  if (owner === '0') return { ...side, judged: { privilege: 'system', reason } }
  return {
    ...side,
    judged: { privilege: Number(owner) < 1000 ? 'service' : 'user', reason },
  }
}
