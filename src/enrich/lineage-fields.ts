// Which fields of an ordinary event does lineage fill?

/** Names that an event may be asked for and no record has. */
export const lineageFields: readonly string[] = [
  'ProcessPrivilege',
  'ProcessPrivilegeReason',
  'ParentPrivilege',
  'ParentPrivilegeReason',
  'PrivilegeStep',
  'GrandparentImage',
  'GrandparentCommandLine',
  'Ancestors',
  'InterpreterLineage',
  'SessionSourceIp',
  'SessionLogonType',
  'StartedService',
  'SourcePrivilege',
  'TargetPrivilege',
]

/** Names that records of some sources have and others lack. */
export const sometimesFields: readonly string[] = [
  'ParentImage',
  'ParentCommandLine',
  'ParentUser',
  'ScriptPath',
  'PreviousImage',
]
