// COM activation: a server that starts because a client asked for its class, or one that runs and is called from another host. The
// client of a local activation stands in no record, which is said; of a remote one its address and logon are found.
// Sources: [MS-DCOM]; Microsoft Learn, "LocalServer32" (-Embedding, -Automation), "DllSurrogate" (/Processid:{AppID}).
import { type Fact, textsOfFact } from '../facts/fact.ts'
import { type Process, programOf } from '../lineage/process.ts'
import { Recent } from '../../base/recent.ts'
import { classByGuid, classCalledBy, isActivating } from './com-classes.ts'
import type { Endpoint, Side } from './edge.ts'
import { HostAddresses, type InboundCall } from './inbound.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

/** A call over the network belongs to a start that is so near, in milliseconds. */
const nearMs = 15_000
const maxCalls = 10_000

/** Programs that serve COM clients of other hosts while they run. */
const servesWhileRunning = new Set([
  'explorer.exe',
  'iexplore.exe',
  'mmc.exe',
  'dllhost.exe',
  'excel.exe',
  'winword.exe',
  'powerpnt.exe',
  'outlook.exe',
  'visio.exe',
  'mshta.exe',
])

export function comActivations(context: EdgeContext): EdgeMaker {
  const calls = new Recent<InboundCall>(maxCalls, textsOfFact)
  const hosts = new HostAddresses()
  return {
    kinds: ['com'],
    needs: ['start', 'network', 'logon'],
    note(fact, process) {
      if (fact.kind !== 'network') return
      hosts.learn(fact)
      const call = process && hosts.inbound(fact)
      if (call) calls.set(`${fact.host}\0${process.pid}`, call)
    },
    act(fact, process) {
      if (!process || fact.product !== 'windows') return
      const isStart = fact.kind === 'start'
      const own = fact.kind === 'network' ? hosts.inbound(fact) : undefined
      if (isStart ? !isActivation(process) : !own || !isServer(process)) return
      const near = isStart && calls.get(`${fact.host}\0${process.pid}`)
      const call = own ?? (near && isNear(near.fact, fact) ? near : undefined)
      context.edge({
        kind: 'com',
        time: fact.time,
        client: clientOf(context, process, call),
        server: {
          process,
          known: isStart
            ? 'it was started to serve a class'
            : 'it took the call over the network',
        },
        endpoint: endpointOf(process),
        facts: call && call.fact !== fact ? [fact, call.fact] : [fact],
      })
    },
  }
}

function isActivation({ commandLine }: Process): boolean {
  return isActivating(commandLine ?? '')
}

function isServer({ image }: Process): boolean {
  return servesWhileRunning.has(programOf(image))
}

function isNear(a: Fact, b: Fact): boolean {
  return Math.abs(a.time - b.time) <= nearMs
}

function endpointOf({ commandLine, image }: Process): Endpoint {
  const name = classCalledBy(commandLine ?? '', programOf(image))
  return { name, template: name, title: classByGuid(name)?.name }
}

function clientOf(
  { sessions }: EdgeContext,
  server: Process,
  call: InboundCall | undefined,
): Side {
  const session = sessions.of(server.host, server.logonId)
  const isRemote = session?.type === '3' && session.address !== undefined
  const address = call?.from
  if (address || isRemote) {
    return {
      process: undefined,
      user: session?.user ?? server.user,
      address: address ?? session?.address,
      logonId: server.logonId,
      known: address
        ? 'a client of another host, by the connection that its server took'
        : 'a client of another host, by the network logon that its server runs in',
    }
  }
  const { parent } = server
  const isBroker = /^(?:svchost|services)\.exe$/.test(programOf(parent?.image))
  return parent && !isBroker
    ? { process: parent, known: 'it started the server itself' }
    : {
        process: undefined,
        known:
          'not known: DcomLaunch started the server, and no record names who asked',
      }
}
