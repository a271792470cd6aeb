// Security's audit events name things from the auditor's view (Subject, Object, New process). Added are Sigma's names for
// the same things. Fields: Microsoft Learn, "Appendix L: Events to Monitor" and the page of each event.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'
import { wholeNumber } from '../whole-number.ts'

import { accessRights, securedObject } from './access-rights.ts'
import { pipeName, pipeTemplate } from './pipe-name.ts'
import {
  account,
  address,
  integrityLevel,
  logonId,
  present,
  serviceAccount,
} from './principal.ts'
import { classesKey, clsidOfKey, guidsIn, registryKey } from './registry-key.ts'
import type { Row } from '../row.ts'
import { alias, derived, fromText } from '../row.ts'
import { serviceCommandOfKey, serviceNameOfKey } from './service.ts'
import { taskCommand } from './task.ts'

const subject: readonly Row[] = [
  derived('User', ['SubjectUserName', 'SubjectDomainName'], (user, domain) =>
    account(domain, user),
  ),
  derived('LogonId', ['SubjectLogonId'], logonId),
]

const source: readonly Row[] = [
  derived('SourceIp', ['IpAddress'], address),
  derived('SourcePort', ['IpPort'], wholeNumber),
]

// 4688 names its creator ProcessId. That name stays as it is; what Sigma calls ProcessId is StartedProcessId here.
const processCreation: readonly Row[] = [
  alias('Image', 'NewProcessName'),
  alias('ParentImage', 'ParentProcessName'),
  derived('StartedProcessId', ['NewProcessId'], wholeNumber),
  derived('ParentProcessId', ['ProcessId'], wholeNumber),
  derived('IntegrityLevel', ['MandatoryLabel'], integrityLevel),
  fromText('Clsid', 'CommandLine', guidsIn),
  // TargetLogonId and the target's names are filled only where the new process runs as somebody else.
  derived(
    'LogonId',
    ['TargetLogonId', 'SubjectLogonId'],
    (target, own) => logonId(target) ?? logonId(own),
  ),
  derived('LogonId', ['SubjectLogonId'], logonId),
  derived(
    'User',
    [
      'SubjectUserName',
      'SubjectDomainName',
      'SubjectUserSid',
      'TargetUserName',
      'TargetDomainName',
      'TargetUserSid',
    ],
    startedAs,
  ),
]

/** Whom the new process runs as: the target where there is one, else its creator. */
function startedAs(
  user: Value | undefined,
  domain: Value | undefined,
  sid: Value | undefined,
  ...[targetUser, targetDomain, targetSid]: (Value | undefined)[]
): string | undefined {
  return (
    serviceAccount(targetSid) ??
    account(targetDomain, targetUser) ??
    serviceAccount(sid) ??
    account(domain, user)
  )
}

const isPipeShare = (share: Value | undefined) =>
  /(?:^|\\)ipc\$$/i.test(textOf(share) ?? '')

const share: readonly Row[] = [
  ...subject,
  ...source,
  derived('PipeName', ['RelativeTargetName', 'ShareName'], (name, of) =>
    isPipeShare(of) ? pipeName(textOf(name) ?? '') : undefined,
  ),
  derived('PipeTemplate', ['RelativeTargetName', 'ShareName'], (name, of) =>
    isPipeShare(of) ? pipeTemplate(textOf(name) ?? '') : undefined,
  ),
  derived('AccessRights', ['AccessMask'], (mask) => accessRights(mask, 'file')),
]

const ofType =
  (type: string, make: (text: string) => Value | undefined) =>
  (object: Value | undefined, of: Value | undefined) =>
    textOf(of)?.toLowerCase() === type ? make(textOf(object) ?? '') : undefined

const objectAccess: readonly Row[] = [
  ...subject,
  derived('AccessRights', ['AccessMask', 'ObjectType'], (mask, type) =>
    accessRights(mask, securedObject(textOf(type))),
  ),
  derived('SourceImage', ['ProcessName', 'ObjectType'], (image, type) =>
    textOf(type) === 'Process' ? present(image) : undefined,
  ),
  derived('SourceProcessId', ['ProcessId'], wholeNumber),
  derived(
    'TargetImage',
    ['ObjectName', 'ObjectType'],
    ofType('process', present),
  ),
  derived(
    'RegistryKey',
    ['ObjectName', 'ObjectType'],
    ofType('key', registryKey),
  ),
  derived(
    'ClassesKey',
    ['ObjectName', 'ObjectType'],
    ofType('key', classesKey),
  ),
  derived('Clsid', ['ObjectName', 'ObjectType'], ofType('key', clsidOfKey)),
]

const valuePath = (key: Value | undefined, name: Value | undefined) =>
  `${textOf(key) ?? ''}\\${present(name) ?? '(Default)'}`

const registryValue: readonly Row[] = [
  ...subject,
  derived('RegistryKey', ['ObjectName', 'ObjectValueName'], (key, name) =>
    registryKey(valuePath(key, name)),
  ),
  derived('ClassesKey', ['ObjectName', 'ObjectValueName'], (key, name) =>
    classesKey(valuePath(key, name)),
  ),
  fromText('Clsid', 'ObjectName', clsidOfKey),
  alias('Details', 'NewValue'),
  alias('Image', 'ProcessName'),
  derived('ServiceName', ['ObjectName', 'ObjectValueName'], (key, name) =>
    serviceNameOfKey(valuePath(key, name)),
  ),
  derived(
    'ServiceCommand',
    ['ObjectName', 'ObjectValueName', 'NewValue'],
    (key, name, value) => serviceCommandOfKey(valuePath(key, name), value),
  ),
]

const logon: readonly Row[] = [
  derived('User', ['TargetUserName', 'TargetDomainName'], (user, domain) =>
    account(domain, user),
  ),
  derived('LogonId', ['TargetLogonId'], logonId),
  ...source,
]

const task: readonly Row[] = [
  ...subject,
  fromText('TaskCommand', 'TaskContent', taskCommand),
  fromText('TaskCommand', 'TaskContentNew', taskCommand),
]

export const securityRows: Readonly<Record<string, readonly Row[]>> = {
  4624: logon,
  4625: logon,
  4648: [...subject, ...source],
  4656: objectAccess,
  4657: registryValue,
  4663: objectAccess,
  4688: processCreation,
  4690: subject,
  4697: [...subject, alias('ServiceCommand', 'ServiceFileName')],
  4698: task,
  4702: task,
  5140: [...subject, ...source],
  5145: share,
}
