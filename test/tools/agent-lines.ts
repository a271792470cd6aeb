// A pipe that was made, in the lines of agents of SIEMs; all values are made up.
const data = ['PipeName=\\example_4f', 'Image=C:\\a b.exe', 'UtcTime=-']
export const agentLines: readonly (readonly [string, string])[] = [
  [
    'LEEF',
    `<13>Mar  4 10:20:30 ws7 LEEF:1.0|Microsoft|Sysmon|10|17|${data.join('\t')}`,
  ],
  [
    'CEF',
    `CEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:17|pipe|Low|dvchost=ws7 ${data.join(' ')}`,
  ],
  [
    'WinCollect',
    [
      '<13>Mar 04 10:20:30 ws7 AgentDevice=WindowsLog',
      'AgentLogFile=Microsoft-Windows-Sysmon/Operational',
      'Source=Microsoft-Windows-Sysmon',
      'Computer=ws7',
      'EventID=17',
      'Message=Pipe Created:  PipeName: \\example_4f  Image: C:\\a b.exe',
    ].join('\t'),
  ],
  [
    'names and values',
    `Computer=ws7 SourceName=Microsoft-Windows-Sysmon EventID=17 ${data.join(' ')}`,
  ],
]
