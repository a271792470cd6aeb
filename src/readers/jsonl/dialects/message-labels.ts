// What do the labels of a rendered message stand for? A table a language; their texts are Microsoft's own.
// Sources: Microsoft Learn, the page of each audit event (English); the strings of adtschema.dll as uitranslation.com lists them
// (German, event 4688).

export interface Labels {
  /** Whose account a section tells of, as the names of its data begin. */
  readonly parties: Readonly<Record<string, string>>
  readonly accounts: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
}

export const english: Labels = {
  parties: {
    Subject: 'Subject',
    'Creator Subject': 'Subject',
    'Target Subject': 'Target',
    'New Logon': 'Target',
    'Target Account': 'Target',
    'Account For Which Logon Failed': 'Target',
    'Account Whose Credentials Were Used': 'Target',
  },
  accounts: {
    'Security ID': 'UserSid',
    'Account Name': 'UserName',
    'Account Domain': 'DomainName',
    'Logon ID': 'LogonId',
    'Logon GUID': 'LogonGuid',
  },
  labels: {
    'New Process ID': 'NewProcessId',
    'New Process Name': 'NewProcessName',
    'Token Elevation Type': 'TokenElevationType',
    'Mandatory Label': 'MandatoryLabel',
    'Creator Process ID': 'ProcessId',
    'Creator Process Name': 'ParentProcessName',
    'Process Command Line': 'CommandLine',
    'Process ID': 'ProcessId',
    'Process Name': 'ProcessName',
    'Logon Type': 'LogonType',
    'Logon Process': 'LogonProcessName',
    'Authentication Package': 'AuthenticationPackageName',
    'Impersonation Level': 'ImpersonationLevel',
    'Workstation Name': 'WorkstationName',
    'Source Network Address': 'IpAddress',
    'Source Address': 'IpAddress',
    'Source Port': 'IpPort',
    'Object Server': 'ObjectServer',
    'Object Type': 'ObjectType',
    'Object Name': 'ObjectName',
    'Handle ID': 'HandleId',
    'Share Name': 'ShareName',
    'Share Path': 'ShareLocalPath',
    'Relative Target Name': 'RelativeTargetName',
    'Access Mask': 'AccessMask',
    Accesses: 'AccessList',
    'Service Name': 'ServiceName',
    'Service File Name': 'ServiceFileName',
    'Service Type': 'ServiceType',
    'Service Start Type': 'ServiceStartType',
    'Service Account': 'ServiceAccount',
    'Task Name': 'TaskName',
    'Task Content': 'TaskContent',
  },
}

export const german: Labels = {
  parties: {
    Antragsteller: 'Subject',
    Zielantragsteller: 'Target',
  },
  accounts: {
    'Sicherheits-ID': 'UserSid',
    Kontoname: 'UserName',
    Kontodomäne: 'DomainName',
    'Anmelde-ID': 'LogonId',
  },
  labels: {
    'ID des neuen Prozesses': 'NewProcessId',
    'Neuer Prozessname': 'NewProcessName',
    Tokenerhöhungstyp: 'TokenElevationType',
    'Verbindliche Beschriftung': 'MandatoryLabel',
    'Erstellerprozess-ID': 'ProcessId',
    Erstellerprozessname: 'ParentProcessName',
    Prozessbefehlszeile: 'CommandLine',
  },
}
