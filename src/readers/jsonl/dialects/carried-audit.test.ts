import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { csv } from '../../csv/index.ts'
import { jsonl } from '../index.ts'

const read = (...objects: readonly object[]) =>
  collect(jsonl, objects.map((o) => `${JSON.stringify(o)}\n`).join('')).records

describe('audit events of', () => {
  it('NXLog, a record an object, are joined', () => {
    const record = (type: string, more: object) => ({
      type,
      time: '2026-03-04 10:20:30.125000',
      seq: 77,
      ...more,
      Hostname: 'web1',
      SourceModuleName: 'audit',
      SourceModuleType: 'im_linuxaudit',
    })
    const records = read(
      record('SYSCALL', {
        arch: 'x86_64',
        syscall: 'connect',
        success: 'yes',
        exit: 'EACCES(Permission denied)',
        a0: '0x3',
        auid: 'ana',
        uid: 'root',
        comm: 'curl x=1',
        exe: '/usr/bin/curl',
      }),
      record('SOCKADDR', { saddr: 'saddr_fam=local path=/run/docker.sock' }),
    )
    expect(records).toHaveLength(1)
    expect(records[0]!.provenance).toMatchObject({
      family: 'linux-audit',
      id: 'SYSCALL+SOCKADDR',
    })
    expect(records[0]!.fields).toMatchObject({
      serial: 77,
      node: 'web1',
      syscall: 'connect',
      exit: '-13',
      a0: '3',
      uid: '0',
      AUID: 'ana',
      comm: 'curl x=1',
      SADDR: 'saddr_fam=local path=/run/docker.sock',
      SourceModuleType: 'im_linuxaudit',
    })
  })

  describe('Filebeat, behind its pipeline,', () => {
    const record = (action: string, audit: object, more: object) => ({
      '@timestamp': '2026-03-04T10:20:30.125Z',
      auditd: { log: { sequence: 77, ...audit } },
      event: { module: 'auditd', action },
      host: { name: 'web1', architecture: 'x86_64' },
      ...more,
    })
    const call = record(
      'syscall',
      {
        syscall: '59',
        success: 'yes',
        a0: '55d0',
        ses: '3',
        key: '(null)\x1dARCH=x86_64',
      },
      {
        process: { name: 'nc x', executable: '/usr/bin/nc', pid: 7, ppid: 6 },
        user: { id: '0', audit: { id: '1000' }, effective: { id: '0' } },
      },
    )

    it('are joined, under the names of their records', () => {
      const records = read(
        call,
        record(
          'execve',
          {},
          { process: { args: ['nc', 'a "b"', '-U'], executable: 'nc' } },
        ),
        record('proctitle', { proctitle: 'nc^@a b' }, {}),
      )
      expect(records).toHaveLength(1)
      expect(records[0]!.provenance.id).toBe('SYSCALL+EXECVE+PROCTITLE')
      expect(records[0]!.fields).toMatchObject({
        serial: 77,
        node: 'web1',
        syscall: '59',
        arch: 'c000003e',
        uid: '0',
        auid: '1000',
        pid: '7',
        ppid: '6',
        comm: 'nc x',
        exe: '/usr/bin/nc',
        ARCH: 'x86_64',
        argv: ['nc', 'a "b"', '-U'],
      })
    })

    it('have the arguments of versions that leave them as they are', () => {
      const [event] = read(
        call,
        record('execve', { argc: '2', a0: 'nc', a1: '-l' }, {}),
      )
      expect(event!.fields.argv).toEqual(['nc', '-l'])
    })

    it('are read from their line where that is beside them', () => {
      const [event] = read({
        ...call,
        event: {
          original:
            'type=SYSCALL msg=audit(1772619630.125:77): arch=c000003e syscall=42 success=yes exit=0 comm="curl" exe="/usr/bin/curl"',
        },
      })
      expect(event!.fields).toMatchObject({ syscall: '42', comm: 'curl' })
    })
  })

  it('Wazuh have the names of the records', () => {
    const audit = {
      type: 'SYSCALL',
      id: '77',
      syscall: '59',
      arch: 'c000003e',
      command: 'curl',
      session: '3',
      execve: { a0: 'curl', a1: '-s x' },
      file: { name: '/usr/bin/curl', mode: '0100755' },
    }
    const [record] = read({
      timestamp: '2026-03-04T10:20:30.125+0000',
      agent: { id: '2', name: 'web1' },
      rule: { id: '80792' },
      data: { audit },
    })
    expect(record!.provenance.id).toBe('SYSCALL+EXECVE+PATH')
    expect(record!.fields).toMatchObject({
      serial: 77,
      node: 'web1',
      comm: 'curl',
      ses: '3',
      argv: ['curl', '-s x'],
      name: '/usr/bin/curl',
      'rule.id': '80792',
    })
  })
})

describe("Sentinel's normalised events", () => {
  const common = {
    TimeGenerated: '2026-03-04T10:20:30.125Z',
    EventProduct: 'Sysmon',
    EventOriginalType: '13',
    DvcOs: 'Windows',
    DvcHostname: 'ws1',
  }

  it.each([
    [
      'RegistryValueSet',
      'registry_set',
      {
        RegistryKey: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\A',
        RegistryValue: '',
        RegistryValueData: 'x',
        ActingProcessName: 'C:\\b.exe',
      },
      {
        TargetObject: 'HKLM\\SOFTWARE\\A\\(Default)',
        Details: 'x',
        Image: 'C:\\b.exe',
        EventID: 13,
      },
    ],
    [
      'FileRenamed',
      'file_rename',
      { TargetFilePath: 'C:\\a', SrcFilePath: 'C:\\b' },
      { TargetFilename: 'C:\\a', SourceFilename: 'C:\\b' },
    ],
    [
      'EndpointNetworkSession',
      'network_connection',
      {
        SrcIpAddr: '192.0.2.1',
        DstIpAddr: '192.0.2.2',
        DstPortNumber: '135',
        SrcProcessName: 'C:\\b.exe',
      },
      {
        SourceIp: '192.0.2.1',
        DestinationIp: '192.0.2.2',
        DestinationPort: 135,
        Image: 'C:\\b.exe',
      },
    ],
    [
      'Query',
      'dns_query',
      { DnsQuery: 'example.com', SrcIpAddr: '192.0.2.1' },
      { QueryName: 'example.com' },
    ],
    [
      'Logon',
      'authentication',
      {
        TargetUsername: 'EX\\ana',
        SrcIpAddr: '192.0.2.1',
        EventOriginalType: 'x',
      },
      { TargetUserName: 'EX\\ana', IpAddress: '192.0.2.1' },
    ],
    [
      'ProcessTerminated',
      'process_termination',
      { TargetProcessName: 'C:\\a.exe' },
      { Image: 'C:\\a.exe' },
    ],
  ])('of the type %s are of %s', (EventType, category, more, fields) => {
    const [record] = read({ ...common, EventType, ...more })
    expect(record!.provenance).toMatchObject({
      family: 'hints',
      provider: 'windows',
      id: category,
    })
    expect(record!.fields).toMatchObject({ Computer: 'ws1', ...fields })
    if (EventType === 'Logon')
      expect(record!.fields).not.toHaveProperty('EventID')
  })

  it('have the names of the process that was started', () => {
    const [record] = read({
      TimeGenerated: '2026-03-04T10:20:30.125Z',
      EventType: 'ProcessCreated',
      EventProduct: 'Sysmon',
      DvcHostname: 'ws1',
      TargetProcessName: 'C:\\a.exe',
      TargetProcessCommandLine: 'a.exe -x',
      ActingProcessName: 'C:\\b.exe',
      TargetUsername: 'EX\\ana',
    })
    expect(record!.provenance.id).toBe('process_creation')
    expect(record!.fields).toMatchObject({
      Image: 'C:\\a.exe',
      CommandLine: 'a.exe -x',
      ParentImage: 'C:\\b.exe',
      User: 'EX\\ana',
      Computer: 'ws1',
    })
  })
})

describe("Chainsaw's table", () => {
  it('has the data of an event in one cell', () => {
    const data = [
      "Image: 'C:\\a.exe'",
      "PipeName: '\\it''s'",
      'CommandLine: "a \\"b\\""',
      'ScriptBlockText: |',
      '  line one',
      '    line two',
      'ProcessId: 77',
    ].join('\n')
    const cells = [
      '2026-03-04T10:20:30.125+00:00',
      'r',
      'x.evtx',
      '1',
      'Microsoft-Windows-Sysmon',
      '17',
      '409',
      'ws1',
      data,
    ].map((cell) => `"${cell.replaceAll('"', '""')}"`)
    const text = `timestamp,detections,path,count,Event.System.Provider,Event ID,Record ID,Computer,Event Data\n${cells.join(',')}\n`
    const [record] = collect(csv, text).records
    expect(record!.provenance).toMatchObject({
      family: 'windows',
      provider: 'Microsoft-Windows-Sysmon',
      id: '17',
    })
    expect(record!.fields).toMatchObject({
      EventID: 17,
      EventRecordID: 409,
      TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
      Image: 'C:\\a.exe',
      PipeName: "\\it's",
      CommandLine: 'a "b"',
      ScriptBlockText: 'line one\n  line two',
      ProcessId: '77',
    })
  })
})
