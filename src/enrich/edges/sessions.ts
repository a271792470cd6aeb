// Where did somebody log on from? Logon sessions of Windows by host and LogonId; a linked session is the same person elevated.
import { type Fact, textIn } from '../facts/fact.ts'
import { Recent } from '../../base/recent.ts'

export interface Session {
  readonly user: string | undefined
  /** 3: network, 10: remote interactive, … (event 4624). */
  readonly type: string | undefined
  readonly address: string | undefined
  /** Of its texts, in UTF-16 units. */
  readonly units: number
}

const maxSessions = 20_000

export class Sessions {
  readonly #byId = new Recent<Session>(maxSessions, {
    bytesOf: ({ units }) => units,
  })

  note(fact: Fact): void {
    const id = textIn(fact, 'LogonId')
    if (!id) return
    const user = textIn(fact, 'User')
    const address = textIn(fact, 'SourceIp')
    const session: Session = {
      user,
      type: textIn(fact, 'LogonType'),
      address,
      units: (user?.length ?? 0) + (address?.length ?? 0),
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
