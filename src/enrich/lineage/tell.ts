// What a fact says of a process: the first that is said stays, but a start says more than anything else.
import { type Fact, listIn, textIn } from '../facts/fact.ts'
import { note, type Process } from './process.ts'

/** What any event says of who acted. */
export function tellUsual(p: Process, fact: Fact): void {
  p.user ??= textIn(fact, 'User') ?? textIn(fact, 'EffectiveUser')
  note(p, 'userId', textIn(fact, 'UserId'))
  note(p, 'effectiveUserId', textIn(fact, 'EffectiveUserId'))
  p.logonId ??= textIn(fact, 'LogonId')
  p.integrity ??= textIn(fact, 'IntegrityLevel')
  note(p, 'team', textIn(fact, 'TeamId'))
  note(p, 'signer', textIn(fact, 'SigningId'))
  const platform = fact.fields.IsPlatformBinary
  if (typeof platform === 'boolean') note(p, 'isPlatform', platform)
  const capabilities = listIn(fact, 'EffectiveCapabilities')
  if (capabilities.length) p.capabilities = capabilities
  // Of audit, PROCTITLE is from the first event of the pid: it stands where no EXECVE was seen.
  p.commandLine ??= textIn(fact, 'CommandLine')
}

/** What its start says. */
export function tellStart(p: Process, fact: Fact): void {
  p.image = textIn(fact, 'Image') ?? p.image
  p.commandLine = textIn(fact, 'CommandLine') ?? p.commandLine
  note(p, 'script', textIn(fact, 'ScriptPath'))
  note(p, 'previousImage', textIn(fact, 'PreviousImage'))
  note(p, 'elevation', textIn(fact, 'TokenElevationType'))
  note(p, 'sid', sidOf(fact))
  note(p, 'session', textIn(fact, 'TerminalSessionId'))
  note(p, 'signer', textIn(fact, 'SigningId') ?? textIn(fact, 'Signature'))
  const flags = listIn(fact, 'CodeSigningFlags')
  if (flags.length) p.codeFlags = flags
  tellUsual(p, fact)
}

/** A 4688 names its creator, and the new process's own account only where that is another. */
function sidOf(fact: Fact): string | undefined {
  const target = textIn(fact, 'TargetUserSid')
  if (target && target !== 'S-1-0-0') return target
  const name = textIn(fact, 'TargetUserName')
  return name && name !== '-' ? undefined : textIn(fact, 'SubjectUserSid')
}
