// Named pipes: Sysmon 17 tells who offered one, 18 who opened it, Security 5145 who did so from another host.
import { type Fact, textIn } from '../facts/fact.ts'
import type { Process } from '../lineage/process.ts'
import { clockSlackMs } from '../lineage/processes.ts'
import { Recent } from '../../base/recent.ts'
import type { Endpoint, Side } from './edge.ts'
import { ownerOfPipe } from './known-endpoints.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

interface Offer {
  readonly process: Process
  readonly fact: Fact
}

/** Pipes that are remembered, of all hosts, and offers of one name. */
const maxPipes = 10_000
const maxOffers = 8

export function namedPipes(context: EdgeContext): EdgeMaker {
  const offers = new Recent<readonly Offer[]>(maxPipes, {
    bytesOf: (all) => all.reduce((sum, { fact }) => sum + fact.units, 0),
  })
  const connected = (fact: Fact, client: Side) => {
    const endpoint = endpointOf(fact)
    if (!endpoint) return
    const offer = offerFor(offers.get(keyOf(fact, endpoint)) ?? [], fact.time)
    const server = serverOf(offer, endpoint)
    if (offer && offer.process === client.process) return
    context.edge({
      kind: 'named_pipe',
      time: fact.time,
      client,
      server,
      endpoint,
      delayMs: offer && Math.max(0, fact.time - offer.fact.time),
      facts: offer ? [fact, offer.fact] : [fact],
    })
  }
  return {
    kinds: ['named_pipe'],
    needs: ['pipe', 'share', 'logon'],
    note(fact, process) {
      const endpoint = fact.kind === 'pipe' ? endpointOf(fact) : undefined
      if (!endpoint || !process || isConnect(fact)) return
      const key = keyOf(fact, endpoint)
      const before = offers.get(key) ?? []
      offers.set(key, [...before, { process, fact }].slice(-maxOffers))
    },
    act(fact, process) {
      if (fact.kind === 'share') connected(fact, remoteClient(fact))
      else if (fact.kind === 'pipe' && process && isConnect(fact)) {
        connected(fact, { process, known: 'it opened the pipe' })
      }
    },
  }
}

function isConnect(fact: Fact): boolean {
  return /connect/i.test(textIn(fact, 'EventType') ?? '')
}

function endpointOf(fact: Fact): Endpoint | undefined {
  const name = textIn(fact, 'PipeName')
  // Sysmon has one name for all pipes that have none.
  if (!name || /^<Anonymous Pipe>$/i.test(name)) return undefined
  return { name, template: textIn(fact, 'PipeTemplate') ?? name }
}

function keyOf({ host }: Fact, { name }: Endpoint): string {
  return `${host}\0${name.toLowerCase()}`
}

/** The last offer before, else the first shortly after: clocks differ. */
function offerFor(offers: readonly Offer[], time: number): Offer | undefined {
  const live = offers.filter(
    ({ process }) =>
      process.end === undefined || process.end >= time - clockSlackMs,
  )
  return (
    live.findLast((o) => o.fact.time <= time) ??
    live.find((o) => o.fact.time <= time + clockSlackMs)
  )
}

function serverOf(offer: Offer | undefined, { name }: Endpoint): Side {
  if (offer) return { process: offer.process, known: 'it created the pipe' }
  const owner = ownerOfPipe(name)
  if (!owner)
    return {
      process: undefined,
      known: 'not known: the recording does not show who created the pipe',
    }
  const reason = `${name} is offered by ${owner.image} on every Windows host`
  return {
    process: undefined,
    image: owner.image,
    judged: { privilege: owner.privilege, reason },
    known: reason,
  }
}

function remoteClient(fact: Fact): Side {
  return {
    process: undefined,
    user: textIn(fact, 'User'),
    address: textIn(fact, 'SourceIp'),
    logonId: textIn(fact, 'LogonId'),
    known:
      'a client of another host, of which the share access tells address and account',
  }
}
