// One process reaches into another: both sides stand in one record; what lineage adds is who they are and what differs.
import { type Fact, listIn, textIn } from '../facts/fact.ts'
import { sourceNaming, targetNaming } from '../lineage/processes.ts'
import type { Process } from '../lineage/process.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'
import { failed } from './unix-socket.ts'

export function processAccesses(context: EdgeContext): EdgeMaker {
  const { processes } = context
  return {
    kinds: ['process_access', 'remote_thread'],
    needs: ['access', 'thread', 'start'],
    act(fact, actor) {
      if (fact.kind !== 'access' && fact.kind !== 'thread') return
      if (failed(fact)) return
      const client = processes.of(fact, sourceNaming) ?? actor
      const server = processes.of(fact, targetNaming)
      if (!client || !server || client === server) return
      client.user ??= textIn(fact, 'SourceUser')
      tellTarget(server, fact)
      const action = actionOf(fact)
      context.edge({
        kind: fact.kind === 'thread' ? 'remote_thread' : 'process_access',
        time: fact.time,
        client: { process: client, known: 'it reached into the other' },
        server: { process: server, known: 'it was reached into' },
        endpoint: { name: action ?? 'process', template: action ?? 'process' },
        action,
        facts: [fact],
      })
    },
  }
}

function tellTarget(server: Process, fact: Fact): void {
  server.user ??= textIn(fact, 'TargetUser')
  server.userId ??= textIn(fact, 'TargetUserId')
  server.effectiveUserId ??= textIn(fact, 'TargetEffectiveUserId')
  server.image ??= textIn(fact, 'TargetProcessName')
  server.signer ??= textIn(fact, 'TargetSigningId')
  server.team ??= textIn(fact, 'TargetTeamId')
  const platform = fact.fields.TargetIsPlatformBinary
  if (typeof platform === 'boolean') server.isPlatform ??= platform
}

function actionOf(fact: Fact): string | undefined {
  return (
    textIn(fact, 'PtraceRequest') ??
    textIn(fact, 'TaskAccess') ??
    textIn(fact, 'GrantedAccess') ??
    textIn(fact, 'StartFunction') ??
    textIn(fact, 'SyscallName') ??
    listIn(fact, 'AccessRights')[0]
  )
}
