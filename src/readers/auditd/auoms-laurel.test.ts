import { describe, expect, it } from 'vitest'

import { hex } from '../../../test/tools/audit-builder.ts'

import { auomsEvent } from './auoms.ts'
import { readHeader } from './header.ts'
import { isLaurel, laurelEvent } from './laurel.ts'

describe('auoms', () => {
  const line =
    'type=AUOMS_EXECVE audit(1652292621.990:84143): SchemaVersion="1" node=U5 ' +
    'arch=x86_64 syscall=execve syscall_r=59 success=yes exit=0 a0=7f a1=7e ' +
    'ppid=1 pid=2 audit_user=unset auid=4294967295 user=tomcat uid=1001 ' +
    'ses="-1" comm="bash" exe="/bin/bash" key=auoms,delete ' +
    `key_r=${hex('auoms\x01delete')} cwd="/" name="/bin/bash" mode=file,755 ` +
    'path_name=["/bin/bash","/lib64/ld.so"] path_mode=["0100755",""] ' +
    'argc=3 cmdline="bash -c "{echo,x}|{base64,-d}"" proctitle=java -D x redactors= containerid='

  it('gives the fields the names of the records that they came from', () => {
    const event = auomsEvent({ header: readHeader(line)!, text: line })
    expect(event.serial).toBe(84143)
    expect(event.time).toBe(1_652_292_621_990)
    expect(event.provenance.id).toBe(
      'AUOMS_EXECVE+SYSCALL+EXECVE+CWD+PATH+PROCTITLE',
    )
    expect(event.fields).toMatchObject({
      node: 'U5',
      syscall: 'execve',
      UID: 'tomcat',
      uid: '1001',
      key: ['auoms', 'delete'],
      name: ['/bin/bash', '/lib64/ld.so'],
      mode: ['0100755', null],
      cmdline: 'bash -c "{echo,x}|{base64,-d}"',
      argv: ['bash', '-c', '{echo,x}|{base64,-d}'],
      a0: ['7f', 'bash'],
      a2: '{echo,x}|{base64,-d}',
      proctitle: 'java -D x',
      containerid: '',
    })
  })
})

describe('laurel', () => {
  const object = {
    ID: '1617000000.123:42',
    NODE: 'web1',
    SYSCALL: {
      arch: '0xc000003e',
      syscall: 42,
      success: 'yes',
      ARGV: ['0x3', '0x7ffe', '0x6e'],
      uid: 0,
      comm: 'curl',
      exe: '/usr/bin/cu%20rl',
      key: 'net',
      UID: 'root',
      PPID: { EVENT_ID: '1.0:1', comm: 'sh', exe: '/bin/sh', ppid: 7 },
    },
    EXECVE: { argc: 2, ARGV: ['a', 'b c'] },
    SOCKADDR: [{ saddr: '%01%00/run/x%00', SADDR: { path: '/run/x' } }],
    PATH: [
      { item: 0, name: '/a', mode: '0o100755', nametype: 'NORMAL' },
      { item: 1, name: '/b' },
    ],
    PROCTITLE: { ARGV: ['a', 'b c'] },
  }

  it("gives the fields auditd's own names and encodings", () => {
    expect(isLaurel(object)).toBe(true)
    const event = laurelEvent(object)!
    expect(event.serial).toBe(42)
    expect(event.time).toBe(1_617_000_000_123)
    expect(event.provenance.id).toBe('SYSCALL+EXECVE+SOCKADDR+PATH+PROCTITLE')
    expect(event.fields).toMatchObject({
      node: 'web1',
      exe: '/usr/bin/cu rl',
      a0: ['3', 'a'],
      a1: ['7ffe', 'b c'],
      argv: ['a', 'b c'],
      saddr: '01002F72756E2F7800',
      name: ['/a', '/b'],
      mode: ['0100755', null],
      proctitle: 'a b c',
      ppid_exe: '/bin/sh',
    })
  })

  it.each([
    [{ saddr_fam: 'local', path: '/run/x y' }, 'path=/run/x y'],
    [[{ SADDR: { saddr_fam: 'local', path: '/run/x' } }], 'path=/run/x'],
    [
      { fam: 'inet', laddr: '192.0.2.7', lport: 443 },
      'laddr=192.0.2.7 lport=443',
    ],
    [{ SADDR: '{ saddr_fam=local path=/run/x }' }, 'path=/run/x'],
  ])('has an address whose parts are members: %j', (SOCKADDR, end) => {
    const { SADDR } = laurelEvent({ ...object, SOCKADDR })!.fields
    expect(SADDR).toMatch(/saddr_fam=(?:local|inet) /)
    expect(String(SADDR).endsWith(end)).toBe(true)
  })

  it('has an address whose bytes are hex already', () => {
    const SOCKADDR = { saddr: '01002F72756E2F7800' }
    const { saddr } = laurelEvent({ ...object, SOCKADDR })!.fields
    expect(saddr).toBe('01002F72756E2F7800')
  })

  it('takes apart what a program wrote into its message', () => {
    const event = laurelEvent({
      ID: '1617000000.123:43',
      USER_LOGIN: {
        pid: 7,
        msg: { op: 'login', acct: 'ana', exe: '/usr/sbin/sshd', res: 'failed' },
      },
    })!
    expect(event.fields).toMatchObject({
      pid: 7,
      op: 'login',
      acct: 'ana',
      exe: '/usr/sbin/sshd',
      res: 'failed',
    })
  })

  it('is told from other objects', () => {
    expect(isLaurel({ ID: '42' })).toBe(false)
    expect(isLaurel({ ID: '1.0:1', message: 'x' })).toBe(false)
    expect(laurelEvent({ SYSCALL: {} })).toBeUndefined()
  })
})
