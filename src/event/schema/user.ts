// On whose behalf was it done, and who signed the program?
import { field, group } from './field.ts'

export const userFields = group('user', {
  User: field(
    'text',
    'the real user of the process',
    'CORP\\ana',
    'sysmon security auditd endpointsecurity ecs falco live',
    { ecs: 'user.name', raw: 'SubjectUserName UID' },
  ),
  UserId: field(
    'text',
    'id of the real user; its name where a source tells only that (`ausearch -i`)',
    '501',
    'auditd endpointsecurity ecs falco tetragon tracee live',
    { cim: 'user_id', ecs: 'user.id', raw: 'uid' },
  ),
  EffectiveUser: field(
    'text',
    'whose rights the process has',
    'root',
    'auditd endpointsecurity ecs live',
    { ecs: 'user.effective.name', raw: 'EUID' },
  ),
  EffectiveCapabilities: field(
    'list',
    'what the process may do beside what its user may, by the names of capabilities(7)',
    'CAP_SYS_PTRACE',
    'auditd falco tetragon',
    { raw: 'cap_pe pe cap_fp process.cap.effective thread.cap_effective' },
  ),
  EffectiveUserId: field(
    'text',
    'id of the user whose rights the process has; its name where a source tells only that',
    '0',
    'auditd endpointsecurity ecs live',
    { ecs: 'user.effective.id', raw: 'euid' },
  ),
  LoginUser: field(
    'text',
    'who logged in at first, whatever was run since; absent for services',
    'ana',
    'auditd',
    { raw: 'AUID' },
  ),
  LoginUserId: field(
    'text',
    'id of who logged in at first; absent where nobody did and where the source does not say',
    '1000',
    'auditd endpointsecurity falco tetragon live',
    { raw: 'auid' },
  ),
  NobodyLoggedIn: field(
    'boolean',
    'the source says that nobody logged in where this was started: a service; absent where somebody did and where the source does not say',
    true,
    'auditd endpointsecurity falco tetragon live',
    { raw: 'auid' },
  ),
  LogonId: field(
    'text',
    'the login session',
    '0x3e7',
    'sysmon security auditd endpointsecurity',
    { cim: 'session_id', addOn: 'Logon_ID', raw: 'SubjectLogonId ses' },
  ),
  TargetUserName: field(
    'text',
    'the account that an action is about',
    'root',
    'security auditd',
    { cim: 'dest_user', raw: 'acct' },
  ),
  Result: field(
    'text',
    'whether what a program reported succeeded',
    'failed',
    'auditd ecs',
    { cim: 'action', ecs: 'event.outcome', raw: 'res' },
  ),
})

export const signatureFields = group('code signature', {
  SigningId: field(
    'text',
    'identifier in the code signature',
    'com.apple.curl',
    'endpointsecurity ecs',
    { ecs: 'process.code_signature.signing_id' },
  ),
  TeamId: field(
    'text',
    'developer team of the code signature; null for platform binaries and unsigned code',
    'CKG9MXH72F',
    'endpointsecurity ecs',
    { ecs: 'process.code_signature.team_id' },
  ),
  Signature: field(
    'text',
    'subject of the code signature',
    'Microsoft Windows',
    'sysmon ecs',
    { cim: 'process_signature', ecs: 'process.code_signature.subject_name' },
  ),
  CodeDirectoryHash: field(
    'text',
    'cdhash: identity of signed code',
    '33F0A3D85BEA260FED5CAD0529AB0E84EC9A0DF1',
    'endpointsecurity',
    { raw: 'cdhash' },
  ),
  CodeSigningFlags: field(
    'list',
    'flags of the code signature in words',
    'CS_RUNTIME',
    'endpointsecurity',
    { raw: 'codesigning_flags' },
  ),
  IsPlatformBinary: field(
    'boolean',
    'the program is part of macOS',
    true,
    'endpointsecurity',
    { raw: 'is_platform_binary' },
  ),
})
