// Where did somebody log on from? Logon sessions of Windows by host and LogonId; a linked session is the same person elevated.
import { type Fact, textIn, textsOfFact } from '../facts/fact.ts'
import { Recent } from '../../base/recent.ts'

export interface Session {
  readonly user: string | undefined
  /** 3: network, 10: remote interactive, … (event 4624). */
  readonly type: string | undefined
  readonly address: string | undefined
  readonly time: number
  readonly fact: Fact
}

const maxSessions = 20_000

export class Sessions {
  readonly #byId = new Recent<Session>(maxSessions, textsOfFact)

  note(fact: Fact): void {
    const id = textIn(fact, 'LogonId')
    if (!id) return
    const session: Session = {
      user: textIn(fact, 'User'),
      type: textIn(fact, 'LogonType'),
      address: textIn(fact, 'SourceIp'),
      time: fact.time,
      fact,
    }
    this.#byId.set(keyOf(fact.host, id), session)
    const linked = textIn(fact, 'TargetLinkedLogonId')
    if (linked && !/^(?:0x)?0+$/.test(linked))
      this.#byId.set(keyOf(fact.host, linked), session)
  }

  of(host: string, id: string | undefined): Session | undefined {
    return id ? this.#byId.get(keyOf(host, id)) : undefined
  }
}

function keyOf(host: string, id: string): string {
  return `${host}\0${id.toLowerCase()}`
}
