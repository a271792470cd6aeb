// XPC: who connected to which Mach service, and which helper owns the label: launchd's items say so, or the place where privileged
// helpers are installed under the label's own name.
// Sources: xpc_connection_create(3), SMJobBless (/Library/PrivilegedHelperTools), ESMessage.h (domain types).
import { textIn } from '../facts/fact.ts'
import { type Process, programOf, unitsOf } from '../lineage/process.ts'
import { Recent } from '../../base/recent.ts'
import type { Side } from './edge.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

const maxLabels = 20_000

export function xpcConnections(context: EdgeContext): EdgeMaker {
  const items = new Recent<string>(maxLabels, {
    bytesOf: (image) => image.length,
  })
  const helpers = new Recent<Process>(maxLabels, {
    bytesOf: unitsOf,
  })
  return {
    kinds: ['xpc'],
    needs: ['xpc', 'item', 'start', 'file'],
    note(fact, process) {
      if (fact.kind === 'item') {
        const label = labelOf(textIn(fact, 'LaunchItemUrl'))
        const image = textIn(fact, 'LaunchItemExecutable')
        if (label && image) items.set(`${fact.host}\0${label}`, image)
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
      const helper = helpers.get(`${fact.host}\0${programOf(item ?? service)}`)
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

/** `file:///Library/LaunchDaemons/com.acme.helper.plist` is `com.acme.helper`. */
function labelOf(url: string | undefined): string | undefined {
  const name = url?.slice(url.lastIndexOf('/') + 1) ?? ''
  return /^(.+)\.plist$/.exec(name)?.[1]?.toLowerCase()
}

function serverOf(
  helper: Process | undefined,
  item: string | undefined,
  domain: string | undefined,
): Side {
  if (helper) return { process: helper, known: 'its program bears the label' }
  const isSystem = domain?.toUpperCase() === 'SYSTEM'
  const reason =
    'in the system domain, where launchd starts services as root unless told otherwise'
  return {
    process: undefined,
    image: item,
    ...(isSystem && { judged: { privilege: 'system' as const, reason } }),
    known: item
      ? 'launchd was told that this program owns the label'
      : 'not known: no record shows who owns the label',
  }
}
