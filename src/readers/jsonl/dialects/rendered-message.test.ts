import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

function classic(head: Readonly<Record<string, string>>, message: string) {
  const lines = Object.entries(head).map(([k, v]) => `${k}=${v}`)
  const raw = `03/04/2026 10:20:30 AM\n${lines.join('\n')}\nMessage=${message}`
  const got = collect(jsonl, `${JSON.stringify({ result: { _raw: raw } })}\n`)
  expect(got.records).toHaveLength(1)
  return got.records[0]!
}

const security = {
  LogName: 'Security',
  SourceName: 'Microsoft Windows security auditing.',
  ComputerName: 'ws1.example.test',
}

describe("Splunk's classic rendering", () => {
  it('gives a process start the names of its data', () => {
    const record = classic(
      { ...security, EventCode: '4688' },
      [
        'A new process has been created.',
        '',
        'Creator Subject:',
        '\tAccount Name:\t\tana',
        '\tLogon ID:\t\t0x4C1',
        '',
        'Target Subject:',
        '\tAccount Name:\t\t-',
        '',
        'Process Information:',
        '\tNew Process ID:\t\t0x1b54',
        '\tNew Process Name:\tC:\\Windows\\serve.exe',
        '\tCreator Process Name:\tC:\\Windows\\mmc.exe',
        '\tProcess Command Line:\tserve.exe -x',
        '\tNew Process Name:\tC:\\Windows\\calc.exe',
      ].join('\r\n'),
    )
    expect(record.provenance).toMatchObject({
      family: 'windows',
      provider: 'Microsoft-Windows-Security-Auditing',
      id: '4688',
    })
    expect(record.fields).toMatchObject({
      SubjectUserName: 'ana',
      SubjectLogonId: '0x4C1',
      TargetUserName: '-',
      NewProcessId: '0x1b54',
      // The second is what a command line of two lines would bring.
      NewProcessName: 'C:\\Windows\\serve.exe',
      ParentProcessName: 'C:\\Windows\\mmc.exe',
      CommandLine: 'serve.exe -x',
    })
  })

  it('that was extracted into columns gives its data their names besides', () => {
    const columns = {
      EventCode: '4624',
      LogName: 'Security',
      ComputerName: 'ws1.example.test',
      Account_Name: ['WS1$', 'ana'],
      Logon_Type: '3',
      Source_Network_Address: '192.0.2.4',
    }
    const text = `${JSON.stringify({ result: columns })}\n`
    expect(collect(jsonl, text).records[0]!.fields).toMatchObject({
      Account_Name: ['WS1$', 'ana'],
      SubjectUserName: 'WS1$',
      TargetUserName: 'ana',
      LogonType: '3',
      IpAddress: '192.0.2.4',
    })
  })

  it('gives a share access its pipe', () => {
    const record = classic(
      { ...security, EventCode: '5145' },
      'Checked.\nNetwork Information:\n\tSource Address:\t\t10.0.0.9\n\nShare Information:\n\tShare Name:\t\t\\\\*\\IPC$\n\tRelative Target Name:\tsvcctl\n',
    )
    expect(record.fields).toMatchObject({
      IpAddress: '10.0.0.9',
      ShareName: '\\\\*\\IPC$',
      RelativeTargetName: 'svcctl',
    })
  })

  it('names what a service runs as the System log does', () => {
    const record = classic(
      {
        LogName: 'System',
        SourceName: 'Microsoft-Windows-Service Control Manager',
        EventCode: '7045',
      },
      'A service was installed in the system.\n\nService Name:  ex\nService File Name:  C:\\ex.exe -a\n',
    )
    expect(record.provenance.provider).toBe('Service Control Manager')
    expect(record.fields).toMatchObject({
      ServiceName: 'ex',
      ImagePath: 'C:\\ex.exe -a',
    })
  })

  it("takes Sysmon's lines and a script's text as they are", () => {
    const sysmon = classic(
      {
        LogName: 'Microsoft-Windows-Sysmon/Operational',
        SourceName: 'Microsoft-Windows-Sysmon',
        EventCode: '17',
      },
      'Pipe Created:\nUtcTime: 2026-03-04 10:20:30.120\nPipeName: \\ex: 1\nImage: C:\\a.exe\n',
    )
    expect(sysmon.fields).toMatchObject({
      UtcTime: '2026-03-04 10:20:30.120',
      PipeName: '\\ex: 1',
      Image: 'C:\\a.exe',
    })
    const script = classic(
      {
        LogName: 'Microsoft-Windows-PowerShell/Operational',
        SourceName: 'Microsoft-Windows-PowerShell',
        EventCode: '4104',
      },
      'Creating Scriptblock text (1 of 2):\n$a = 1\nPath: x\n\nScriptBlock ID: 7e\nPath: C:\\a.ps1\n',
    )
    expect(script.fields).toMatchObject({
      ScriptBlockText: '$a = 1\nPath: x',
      ScriptBlockId: '7e',
      MessageTotal: 2,
      Path: 'C:\\a.ps1',
    })
  })
})

describe('a message in another language', () => {
  const german = [
    'Ein neuer Prozess wurde erstellt.',
    '',
    'Antragsteller:',
    '\tKontoname:\t\tana',
    '\tKontodomäne:\t\tCORP',
    '',
    'Prozessinformationen:',
    '\tID des neuen Prozesses:\t\t0x1b54',
    '\tNeuer Prozessname:\tC:\\Windows\\serve.exe',
    '\tErstellerprozessname:\tC:\\Windows\\mmc.exe',
    '\tProzessbefehlszeile:\tserve.exe -x',
  ].join('\r\n')
  const read = (Message: string) =>
    collect(
      jsonl,
      `${JSON.stringify({ EventID: 4688, LogName: 'Security', Message })}\n`,
    )

  it('gives the data that German labels name', () => {
    const { records, damages } = read(german)
    expect(damages).toEqual([])
    expect(records[0]!.fields).toMatchObject({
      SubjectUserName: 'ana',
      SubjectDomainName: 'CORP',
      NewProcessId: '0x1b54',
      NewProcessName: 'C:\\Windows\\serve.exe',
      ParentProcessName: 'C:\\Windows\\mmc.exe',
      CommandLine: 'serve.exe -x',
    })
  })

  const start = {
    NewProcessName: 'C:\\Windows\\serve.exe',
    CommandLine: 'serve.exe -x',
    SubjectUserName: 'ana',
  }
  const logon = { LogonType: '3', IpAddress: '10.0.0.9', TargetUserName: 'ana' }
  const service = { ServiceName: 'ex', ImagePath: 'C:\\ex.exe -a' }

  it.each([
    [
      4624,
      logon,
      'Ein Konto wurde erfolgreich angemeldet.\n\nAntragsteller:\n\tKontoname:\t\t-\n\nAnmeldetyp:\t\t\t3\n\nNeue Anmeldung:\n\tKontoname:\t\tana\n\nNetzwerkinformationen:\n\tQuellnetzwerkadresse:\t10.0.0.9\n',
    ],
    [
      7045,
      service,
      'Im System wurde ein Dienst installiert.\n\nDienstname:  ex\nDienstdateiname:  C:\\ex.exe -a\nDiensttyp:  x\n',
    ],
    [
      4688,
      start,
      "Un nouveau processus a été créé.\n\nObjet créateur :\n\tNom du compte :\t\tana\n\nInformations sur le processus :\n\tNom du nouveau processus :\tC:\\Windows\\serve.exe\n\tType d'élévation du jeton :\t%%1938\n\tLigne de commande du processus :\tserve.exe -x\n",
    ],
    [
      4624,
      logon,
      'L’ouverture de session.\n\nType d’ouverture de session\u00a0:\t\t3\n\nNouvelle ouverture de session :\n\tNom du compte :\t\tana\n\nInformations sur le réseau :\n\tAdresse du réseau source :\t10.0.0.9\n',
    ],
    [
      7045,
      service,
      'Un service a été installé sur le système.\n\nNom du service :  ex\nNom du fichier de service :  C:\\ex.exe -a\n',
    ],
    [
      4624,
      logon,
      'Se inició sesión correctamente en una cuenta.\n\nFirmante:\n\tNombre de cuenta:\t\t-\n\nInformación de inicio de sesión:\n\tTipo de inicio de sesión:\t\t3\n\nNuevo inicio de sesión:\n\tNombre de cuenta:\t\tana\n\nInformación de red:\n\tDirección de red de origen:\t10.0.0.9\n',
    ],
    [
      4688,
      start,
      'Se creó un nuevo proceso.\n\nFirmante creador:\n\tNombre de cuenta:\t\tana\n\nInformación de proceso:\n\tNombre del nuevo proceso:\tC:\\Windows\\serve.exe\n\tLínea de comandos de proceso:\tserve.exe -x\n',
    ],
    [
      4688,
      start,
      '新しいプロセスが作成されました。\n\nサブジェクト:\n\tアカウント名:\t\tana\n\nプロセス情報:\n\t新しいプロセス名:\tC:\\Windows\\serve.exe\n\tプロセスのコマンド ライン:\tserve.exe -x\n',
    ],
    [
      4624,
      logon,
      'アカウントが正常にログオンしました。\n\nログオン タイプ:\t\t\t3\n\n新しいログオン:\n\tアカウント名:\t\tana\n\nネットワーク情報:\n\tソース ネットワーク アドレス:\t10.0.0.9\n',
    ],
    [
      7045,
      service,
      'サービスがシステムにインストールされました。\n\nサービス名:  ex\nサービス ファイル名:  C:\\ex.exe -a\n',
    ],
    [
      4688,
      start,
      '已创建新进程。\n\n创建者主题:\n\t安全 ID:\t\tX\\ana\n\t帐户名:\t\tana\n\n进程信息:\n\t新进程 ID:\t0x1\n\t新进程名称:\tC:\\Windows\\serve.exe\n\t进程命令行:\tserve.exe -x\n',
    ],
    [
      4624,
      logon,
      '已成功登录帐户。\n\n使用者:\n\t帐户名:\t\t-\n\n登录类型:\t\t\t3\n\n新登录:\n\t帐户名称:\t\tana\n\n网络信息:\n\t源网络地址:\t10.0.0.9\n',
    ],
    [
      5145,
      {
        ShareName: '\\\\*\\IPC$',
        RelativeTargetName: 'ex',
        IpAddress: '10.0.0.9',
      },
      '已检查网络共享对象是否可以授予客户端所需的访问权限。\n\n使用者:\n\t帐户名:\t\tana\n\n网络信息:\n\t源地址:\t\t10.0.0.9\n\n共享信息:\n\t共享名称:\t\t\\\\*\\IPC$\n\t相对目标名称:\tex\n',
    ],
    [
      7045,
      service,
      '服务已安装在系统中。\n\n服务名称:  ex\n服务文件名:  C:\\ex.exe -a\n',
    ],
    [
      4688,
      { NewProcessName: 'C:\\Windows\\serve.exe', CommandLine: 'serve.exe -x' },
      'Создан новый процесс.\n\nСведения о процессе:\n\tИмя нового процесса:\tC:\\Windows\\serve.exe\n\tКомандная строка процесса:\tserve.exe -x\n',
    ],
  ])('gives the data of event %s: %j', (EventID, fields, Message) => {
    const LogName = EventID === 7045 ? 'System' : 'Security'
    const object = { EventID, LogName, Message }
    const { records, damages } = collect(jsonl, `${JSON.stringify(object)}\n`)
    expect(damages).toEqual([])
    expect(records[0]!.fields).toMatchObject(fields)
  })

  const finnish =
    'Uusi.\r\n\r\nKohde:\r\n\tNimi:\t\tana\r\n\tToimialue:\t\tCORP\r\n\tTunnus:\t\t0x1\r\n'

  it('whose labels nobody here knows is said not to be read', () => {
    const { records, damages } = read(finnish)
    expect(records).toHaveLength(1)
    expect(damages[0]!.message).toMatch(/^labels not known: .*such as "Nimi"/)
  })

  it('whose language the event states is said by that', () => {
    const object = {
      EventID: 4688,
      LogName: 'Security',
      RenderingInfo: { Culture: 'fi-FI', Message: finnish },
    }
    const { damages } = collect(jsonl, `${JSON.stringify(object)}\n`)
    expect(damages[0]!.message).toContain('a message of fi-FI')
  })

  it('is said of Splunk, too', () => {
    const raw = `03/04/2026 10:20:30 AM\nLogName=Security\nEventCode=4688\nMessage=${finnish}`
    const { damages } = collect(jsonl, `${JSON.stringify({ _raw: raw })}\n`)
    expect(damages[0]!.message).toMatch(/^labels not known/)
  })
})

describe('what PowerShell shows of an event by default', () => {
  it.each([
    [
      1,
      'Microsoft-Windows-Sysmon',
      'Process Create:\r\nRuleName: -\r\nUtcTime: 2026-03-04 10:20:30.125\r\nImage: C:\\a.exe',
    ],
    [
      4689,
      'Microsoft-Windows-Security-Auditing',
      'A process has exited.\r\n\r\nSubject:\r\n\tSecurity ID:\t\tS-1-5-18\r\n\r\nProcess Information:\r\n\tProcess ID:\t0x1\r\n',
    ],
  ])(
    'tells who wrote event %s by its message alone',
    (Id, provider, Message) => {
      const object = {
        TimeCreated: '/Date(1772619630125)/',
        Id,
        LevelDisplayName: 'Information',
        Message,
      }
      const { records } = collect(jsonl, JSON.stringify([object]))
      expect(records[0]!.provenance).toMatchObject({
        family: 'windows',
        provider,
        id: String(Id),
      })
    },
  )
})

describe('a column beside a message', () => {
  const message =
    'Process Create:\nRuleName: -\nUtcTime: 2026-03-04 10:20:30.120\nProcessId: 77\nImage: C:\\a.exe\nCommandLine: a.exe\nUser: CORP\\ana'
  const header = {
    EventID: 1,
    ProviderName: 'Microsoft-Windows-Sysmon',
    Message: message,
    MyTag: 'x',
  }
  const fieldsOf = (object: object) =>
    collect(jsonl, `${JSON.stringify(object)}\n`).records[0]!.fields

  it('that the header has is no datum of the event', () => {
    const fields = fieldsOf({
      ...header,
      User: 'S-1-5-18',
      ProcessId: 3120,
      ThreadId: 4001,
    })
    expect(fields).toMatchObject({
      User: 'CORP\\ana',
      ProcessId: '77',
      Security_UserID: 'S-1-5-18',
      Execution_ProcessID: 3120,
    })
  })

  it('that somebody took out of it stays as it is', () => {
    const fields = fieldsOf({
      ...header,
      Image: 'C:\\a.exe',
      User: 'CORP\\bo',
      CommandLine: 'a.exe "two\nlines"',
    })
    expect(fields).toMatchObject({
      User: 'CORP\\bo',
      CommandLine: 'a.exe "two\nlines"',
      ProcessId: '77',
    })
  })

  it("of Splunk's classic rendering that was not translated is none", () => {
    const record = classic(
      {
        LogName: 'Microsoft-Windows-Sysmon/Operational',
        SourceName: 'Microsoft-Windows-Sysmon',
        EventCode: '1',
        User: 'NOT_TRANSLATED',
        Sid: 'S-1-5-18',
        Type: 'Information',
      },
      message,
    )
    expect(record.fields).toMatchObject({
      User: 'CORP\\ana',
      Security_UserID: 'S-1-5-18',
    })
  })
})
