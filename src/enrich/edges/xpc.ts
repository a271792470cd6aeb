// XPC: who connected to which Mach service, and which helper owns the label: launchd's items say so, or the place where privileged
// helpers are installed under the label's own name.
// Sources: xpc_connection_create(3), SMJobBless (/Library/PrivilegedHelperTools), ESMessage.h (domain types).
import { type Fact, listIn, textIn } from '../facts/fact.ts'
import { type Process, programOf, unitsOf } from '../lineage/process.ts'
import { Recent } from '../../base/recent.ts'
import type { Side } from './edge.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

const maxLabels = 20_000

export function xpcConnections(context: EdgeContext): EdgeMaker {
  const items = new Recent<Item>(maxLabels, {
    bytesOf: ({ image, user = '' }) => image.length + user.length,
  })
  const helpers = new Recent<Process>(maxLabels, {
    bytesOf: unitsOf,
  })
  return {
    kinds: ['xpc'],
    needs: ['xpc', 'item', 'start', 'file'],
    note(fact, process) {
      if (fact.kind === 'item') {
        const item = itemIn(fact)
        if (!item) return
        for (const name of namesOf(fact))
          items.set(`${fact.host}\0${name.toLowerCase()}`, item)
      }
      // A helper is called as its label, or by the program that an item names.
      if (fact.kind === 'start' && process?.image) {
        helpers.set(`${fact.host}\0${programOf(process.image)}`, process)
      }
    },
    act(fact, client) {
      const service = textIn(fact, 'XpcService')
      if (fact.kind !== 'xpc' || !client || !service) return
      const item = items.get(`${fact.host}\0${service.toLowerCase()}`)
      const helper = helpers.get(
        `${fact.host}\0${programOf(item?.image ?? service)}`,
      )
      if (helper === client) return
      context.edge({
        kind: 'xpc',
        time: fact.time,
        client: { process: client, known: 'it connected' },
        server: serverOf(helper, item, textIn(fact, 'XpcDomain')),
        endpoint: {
          name: service,
          template: service.replace(/[0-9a-f-]{36}|\d+/gi, '#'),
          title: textIn(fact, 'XpcDomain')?.toLowerCase(),
        },
        facts: [fact],
      })
    },
  }
}

/** Owns names by which it is asked for. */
interface Item {
  readonly image: string
  /** Who it runs as, where that is told. */
  readonly user: string | undefined
}

function itemIn(fact: Fact): Item | undefined {
  const image = textIn(fact, 'LaunchItemExecutable')
  return image ? { image, user: textIn(fact, 'LaunchItemUser') } : undefined
}

/** The Mach services that its property list names; else its label, which most helpers take for the name of theirs. */
function namesOf(fact: Fact): readonly string[] {
  const services = listIn(fact, 'LaunchItemServices')
  if (services.length) return services
  const label =
    textIn(fact, 'LaunchItemLabel') ?? labelOf(textIn(fact, 'LaunchItemUrl'))
  return label ? [label] : []
}

/** `file:///Library/LaunchDaemons/com.acme.helper.plist` is `com.acme.helper`. */
function labelOf(url: string | undefined): string | undefined {
  const name = url?.slice(url.lastIndexOf('/') + 1) ?? ''
  return /^(.+)\.plist$/.exec(name)?.[1]
}

function serverOf(
  helper: Process | undefined,
  item: Item | undefined,
  domain: string | undefined,
): Side {
  if (helper) return { process: helper, known: 'its program bears the label' }
  const privilege = privilegeOf(item, domain)
  return {
    process: undefined,
    image: item?.image,
    ...(privilege && { judged: privilege }),
    known: item
      ? 'launchd was told that this program owns the label'
      : 'not known: no record shows who owns the label',
  }
}

/** launchd.plist(5): a daemon without a user is root's. */
function privilegeOf(
  item: Item | undefined,
  domain: string | undefined,
): Side['judged'] {
  if (item?.user !== undefined) {
    const isRoot = item.user === 'root'
    return isRoot
      ? { privilege: 'system', reason: 'launchd starts it as root' }
      : undefined
  }
  if (domain?.toUpperCase() !== 'SYSTEM') return undefined
  const reason =
    'in the system domain, where launchd starts services as root unless told otherwise'
  return { privilege: 'system', reason }
}
