// Messages on a bus of which the bus itself tells: those that audit logs of SELinux and AppArmor, and what dbus-daemon refuses. Who sent
// it is known by its pid.
import { type Fact, numberIn, textIn } from '../facts/fact.ts'
import type { Process } from '../lineage/process.ts'
import type { Side } from './edge.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

const senderNaming = {
  guid: 'DbusSenderProcessGuid',
  pid: 'DbusSenderProcessId',
  image: 'DbusSenderImage',
}
const receiverNaming = {
  guid: 'DbusReceiverProcessGuid',
  pid: 'DbusReceiverProcessId',
  image: 'DbusReceiverImage',
}

export function busMessages(context: EdgeContext): EdgeMaker {
  return {
    kinds: ['dbus'],
    needs: ['bus', 'start'],
    act(fact) {
      const member = textIn(fact, 'DbusMember')
      if (fact.kind !== 'bus' || !member) return
      const sender = context.processes.of(fact, senderNaming)
      const user = textIn(fact, 'DbusSenderUserId')
      if (sender) sender.effectiveUserId ??= user
      const to = textIn(fact, 'DbusDestination') ?? 'whoever listens'
      const call = [textIn(fact, 'DbusInterface'), member]
        .filter(Boolean)
        .join('.')
      context.edge({
        kind: 'dbus',
        time: fact.time,
        client: clientOf(sender, user),
        server: serverOf(fact, context),
        endpoint: {
          name: to,
          template: `${to} ${call}`,
          title: `${textIn(fact, 'bus') ?? 'system'} bus`,
        },
        action: `${to} ${call}`,
        verdict: textIn(fact, 'DbusVerdict'),
        facts: [fact],
      })
    },
  }
}

function clientOf(
  process: Process | undefined,
  user: string | undefined,
): Side {
  return process
    ? { process, known: 'the bus says that it sent the message' }
    : { process, user, known: 'not known: the bus does not say who sent it' }
}

function serverOf(fact: Fact, { processes }: EdgeContext): Side {
  const pid = numberIn(fact, 'DbusReceiverProcessId')
  const process =
    pid === undefined ? undefined : processes.of(fact, receiverNaming)
  // Pid 1 is the system's own service manager, whatever the recording shows of it.
  if (process && pid === 1) process.effectiveUserId ??= '0'
  return process
    ? { process, known: 'the bus says that it was sent to it' }
    : { process, known: 'not known: the bus does not say who owns the name' }
}
