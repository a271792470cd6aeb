// Which side of a connection is the other host? Sysmon's versions differ: of a connection that was taken, some write who opened it as the
// source, others the own side. Names tell, and else what was learned of the host's own addresses.
import { type Fact, textIn } from '../facts/fact.ts'
import { hostName } from '../host-name.ts'
import { Recent } from '../../base/recent.ts'

export interface InboundCall {
  readonly fact: Fact
  /** Address of the other host. */
  readonly from: string
}

const maxAddresses = 50_000
const loopback = /^(?:127\.|::1$|0:0:0:0:0:0:0:1$)/

export class HostAddresses {
  readonly #own = new Recent<true>(maxAddresses)

  /** Who opens a connection is its source, in every version. */
  learn(fact: Fact): void {
    const own = isInitiated(fact)
      ? textIn(fact, 'SourceIp')
      : sideNamed(fact, true)
    if (own) this.#own.set(`${fact.host}\0${own}`, true)
  }

  /** A connection that another host opened. */
  inbound(fact: Fact): InboundCall | undefined {
    if (isInitiated(fact) !== false) return undefined
    const source = textIn(fact, 'SourceIp')
    const target = textIn(fact, 'DestinationIp')
    if (!source || !target || source === target) return undefined
    const from =
      sideNamed(fact, false) ??
      (this.#own.get(`${fact.host}\0${source}`) ? target : source)
    return loopback.test(from) ? undefined : { fact, from }
  }
}

function isInitiated(fact: Fact): boolean | undefined {
  const text = textIn(fact, 'Initiated')?.toLowerCase()
  return text === undefined ? undefined : text === 'true'
}

/** Of the side that bears the host's name, or of the other. */
function sideNamed(fact: Fact, own: boolean): string | undefined {
  const source = textIn(fact, 'SourceIp')
  const target = textIn(fact, 'DestinationIp')
  const isSource = isHost(fact, 'SourceHostname')
  const isTarget = isHost(fact, 'DestinationHostname')
  if (isSource === isTarget) return undefined
  return isSource === own ? source : target
}

function isHost(fact: Fact, name: string): boolean {
  const text = textIn(fact, name)
  return text !== undefined && fact.host !== '' && hostName(text) === fact.host
}
