// What collectors call the parts of a Windows event's header, letters and digits only.
import { spellingOf } from '../../../../base/spelling.ts'
import { headerTimes } from '../../../../base/time-names.ts'

import { typeNames } from '../../../inside/plain-value.ts'
import type { SystemName } from '../windows-names.ts'

/**
 * What collectors call the parts of the header, letters and digits only, the surest first. A name is taken once, by the
 * first part that wants it.
 */
export const spellings: readonly (readonly [SystemName, ...string[]])[] = [
  [
    'EventID',
    'eventid',
    'eventcode',
    'eventidentifier',
    'eventidid',
    'eventidvalue',
    'id',
  ],
  [
    'Provider_Name',
    'providername',
    'provider',
    'sourcename',
    'eventsourcename',
    'eventsource',
    'eventprovider',
    'source',
  ],
  [
    'Channel',
    'channel',
    'logname',
    'eventlog',
    'eventlogname',
    'channelname',
    'logfile',
    'log',
    'source',
  ],
  [
    'Computer',
    'computer',
    'computername',
    'machinename',
    'hostname',
    'machine',
    'host',
  ],
  [
    'EventRecordID',
    'eventrecordid',
    'recordid',
    'recordnumber',
    'eventrecordnumber',
    'recordnum',
  ],
  ['TimeCreated_SystemTime', ...headerTimes],
  ['Qualifiers', 'qualifiers', 'eventidqualifiers'],
  ['Version', 'version', 'eventversion'],
  ['Level', 'levelvalue', 'level', 'eventlevel', 'leveldisplayname'],
  ['Task', 'taskvalue', 'task', 'taskcategory'],
  ['Opcode', 'opcodevalue', 'opcode'],
  ['Keywords', 'keywords', 'keyword'],
  ['Provider_Guid', 'providerguid', 'providerid', 'sourceguid'],
  ['Correlation_ActivityID', 'correlationactivityid', 'activityid'],
  [
    'Correlation_RelatedActivityID',
    'correlationrelatedactivityid',
    'relatedactivityid',
  ],
  ['Execution_ProcessID', 'executionprocessid', 'systemprocessid'],
  ['Execution_ThreadID', 'executionthreadid', 'systemthreadid'],
  [
    'Security_UserID',
    'securityuserid',
    'useridvalue',
    'useridentifier',
    'usersid',
    'systemuserid',
  ],
]

/** Where the data stand apart, these are the logger's; in a flat event they are data. */
export const whereDataStandApart: readonly (readonly [
  SystemName,
  ...string[],
])[] = [
  ['Execution_ProcessID', 'processid', 'pid', 'processpid'],
  ['Execution_ThreadID', 'threadid', 'tid', 'processthreadid'],
  ['Security_UserID', 'userid', 'sid'],
]

export const spelled = new Set(spellings.flatMap(([, ...names]) => names))

export const apart = new Set(
  whereDataStandApart.flatMap(([, ...names]) => names),
)

/** Names so common that they alone say nothing. */
export const weakIds = new Set(['id'])

export const surelyWindows = new Set([
  'channel',
  'logname',
  'eventlog',
  'eventlogname',
  'logfile',
  'providername',
  'sourcename',
  'eventsourcename',
  'leveldisplayname',
])

export const perhapsWindows = new Set([
  'provider',
  'eventsource',
  'source',
  'log',
])

const layoutSegments = new Set([
  '#text',
  '#attributes',
  '$',
  '$t',
  '_text',
  ...typeNames,
])

/** Segments that tools put between an element and its value or its attributes. */
export function isLayout(segment: string): boolean {
  return layoutSegments.has(segment)
}

/** Letters and digits that end parts of the header, or what tools put behind them. */
const lastLetters = new Set(
  [...spelled, ...apart, ...layoutSegments].map((s) => spellingOf(s).at(-1)),
)

/** Most names of a record are of no part, which their end tells: they need no closer look. */
export function mayEndAsPart(name: string): boolean {
  for (let i = name.length - 1; i >= 0; i--) {
    const letter = spellingOf(name[i]!)
    if (letter !== '') return lastLetters.has(letter)
  }
  return false
}
