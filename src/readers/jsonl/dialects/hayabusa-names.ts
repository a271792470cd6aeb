// What Hayabusa's timelines call the data of an event in `Details`. Source: hayabusa-rules, config/default_details.txt, of 2.x and before.
/** `short own short own`. */
type Pairs = string
type Names = Readonly<Record<string, Pairs>>

/** Of every event. */
const shortened: Pairs = `Cmdline CommandLine Cmd CommandLine CmdLine CommandLine Proc Image PID ProcessId PGUID ProcessGuid ParentCmdline ParentCommandLine
  ParentCmd ParentCommandLine ParentProc ParentImage ParentPID ParentProcessId ParentPGUID ParentProcessGuid LID LogonId LGUID LogonGuid Hash Hashes
  SrcProc SourceImage SrcPID SourceProcessId TgtProc TargetImage TgtPID TargetProcessId Access GrantedAccess Pipe PipeName TgtObj TargetObject
  SrcIP SourceIp TgtIP DestinationIp SrcPort SourcePort TgtPort DestinationPort ScriptBlock ScriptBlockText Svc ServiceName`

const file: Pairs = 'Path TargetFilename'
const subject: Pairs =
  'User SubjectUserName SrcUser SubjectUserName SID SubjectUserSid LID SubjectLogonId'
const object: Pairs = `${subject} ObjSvr ObjectServer ObjName ObjectName ObjType ObjectType HID HandleId Proc ProcessName`
const share: Pairs = `${subject} SharePath ShareLocalPath SrcIP IpAddress`
const logon: Pairs =
  'Type LogonType TgtUser TargetUserName SrcComp WorkstationName SrcIP IpAddress LID TargetLogonId AuthPkg AuthenticationPackageName Proc ProcessName'

const byChannel: Readonly<Record<string, Names>> = {
  Security: {
    4624: logon,
    4625: logon,
    4648: `${logon} SrcUser SubjectUserName TgtSvr TargetInfo`,
    4656: object,
    4661: object,
    4662: object,
    4663: object,
    4672: `${subject} TgtUser SubjectUserName`,
    4673: `${subject} Proc ProcessName`,
    4674: `${subject} Svc ObjectName`,
    4688: `${subject} Path NewProcessName Proc NewProcessName PID NewProcessId ParentProc ParentProcessName ParentPID ProcessId`,
    4697: `${subject} Path ServiceFileName SvcAcct ServiceAccount SvcType ServiceType SvcStartType ServiceStartType`,
    4698: `${subject} Name TaskName Content TaskContent`,
    4699: `${subject} Name TaskName`,
    4702: `${subject} Name TaskName Content TaskContentNew`,
    4720: 'TgtUser TargetUserName TgtSID TargetSid',
    4768: 'TgtUser TargetUserName SrcIP IpAddress',
    4769: 'TgtUser TargetUserName SrcIP IpAddress',
    4776: 'TgtUser TargetUserName SrcComp Workstation',
    5140: share,
    5142: share,
    5145: `${share} Path RelativeTargetName`,
    5156: 'Proc Application SrcIP SourceAddress TgtIP DestAddress TgtPort DestPort PID ProcessID',
  },
  System: { 7045: 'Path ImagePath Acct AccountName' },
  'Microsoft-Windows-Sysmon/Operational': {
    2: `${file} CreationTime CreationUtcTime PreviousTime PreviousCreationUtcTime`,
    3: 'Proto Protocol SrcHost SourceHostname TgtHost DestinationHostname',
    6: 'Path ImageLoaded Sig Signature',
    7: 'Image ImageLoaded Sig SignatureStatus',
    8: 'SrcPGUID SourceProcessGuid TgtPGUID TargetProcessGuid',
    10: 'SrcUser SourceUser TgtUser TargetUser SrcPGUID SourceProcessGUID TgtPGUID TargetProcessGUID',
    11: file,
    15: `${file} Hash Hash`,
    19: 'Op Operation Namespace EventNamespace',
    20: 'Op Operation Tgt Destination',
    21: 'Op Operation',
    22: 'Query QueryName Result QueryResults',
    23: file,
    26: file,
  },
}

function mapOf(pairs: Pairs): ReadonlyMap<string, string> {
  const words = pairs.split(/\s+/)
  const map = new Map<string, string>()
  for (let i = 0; i + 1 < words.length; i += 2)
    map.set(words[i]!, words[i + 1]!)
  return map
}

const ofEvery = mapOf(shortened)
const maps = new Map(
  Object.entries(byChannel).flatMap(([channel, events]) =>
    Object.entries(events).map(
      ([id, pairs]) =>
        [`${channel}\0${id}`, new Map([...ofEvery, ...mapOf(pairs)])] as const,
    ),
  ),
)

/** By what `Details` of such an event has. */
export function namesInDetails(
  channel: string,
  id: string,
): ReadonlyMap<string, string> {
  return maps.get(`${channel}\0${id}`) ?? ofEvery
}

/** In the other texts names are the events' own, but for those that no event has. */
export function ownName(short: string): string {
  return ofEvery.get(short) ?? short
}
