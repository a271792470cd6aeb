import { describe, expect, it } from 'vitest'

import { firstEvent } from '../../test/tools/first-event.ts'

const base = {
  sensor: 'ebpf',
  time: '2026-11-27T20:02:14.107Z',
  host: 'h1',
  boot_id: '3d5872b0-36de-4826-b2a0-a6c51dd001b0',
  seq: 1,
  pid: 7,
  ppid: 5,
  start: 100,
  exe: '/tmp/x',
  cmdline: '/tmp/x -a',
  uid: 1000,
  euid: 0,
}

const seen = (fields: Record<string, unknown>) =>
  firstEvent({ ...base, ...fields })

describe('what sensors of this host tell', () => {
  it('is a program that was started, with its streams', () => {
    const { category, fields } = seen({
      type: 'exec',
      stdin_type: 'pipe',
      stdin_id: '55',
      stdout_type: 'network socket',
      stdout_id: '56',
    })
    expect(category).toBe('process_creation')
    expect(fields).toMatchObject({
      Image: '/tmp/x',
      ProcessId: 7,
      ProcessGuid: '3d5872b0-7-100',
      UserId: '1000',
      EffectiveUserId: '0',
      EffectiveUser: 'root',
      StdinPipeId: '55',
      StdoutType: 'network socket',
    })
    expect(fields.StdoutPipeId).toBeUndefined()
  })

  it('says that nobody logged in, unless its kernel does not know', () => {
    const exec = (fields: Record<string, unknown>) =>
      seen({ type: 'exec', ...fields }).fields
    expect(exec({}).NobodyLoggedIn).toBe(true)
    expect(exec({ auid: 1000 }).NobodyLoggedIn).toBeUndefined()
    expect(exec({ auid: null }).NobodyLoggedIn).toBeUndefined()
    expect(exec({ auid: null }).LoginUserId).toBeUndefined()
  })

  it('is a connection with both ends, by the family of its address', () => {
    const unix = seen({
      type: 'connect',
      family: 'unix',
      path: '/run/docker.sock',
      peer_pid: 9,
      peer_start: 3,
      peer_exe: '/usr/bin/dockerd',
      peer_uid: 0,
      owner: 0,
    })
    expect(unix.category).toBe('socket_connect')
    expect(unix.fields).toMatchObject({
      SocketPath: '/run/docker.sock',
      PeerImage: '/usr/bin/dockerd',
      PeerProcessGuid: '3d5872b0-9-3',
      PeerUserId: '0',
      FileOwnerId: '0',
    })
    const inet = seen({
      type: 'connect',
      family: 'inet',
      ip: '127.0.0.1',
      port: 80,
    })
    expect(inet.category).toBe('network_connection')
    expect(inet.fields).toMatchObject({
      DestinationIp: '127.0.0.1',
      DestinationPort: 80,
    })
  })

  it('is a process that was reached into', () => {
    const { category, fields } = seen({
      type: 'ptrace',
      request: 'PTRACE_ATTACH',
      target_pid: 8,
      target_uid: 33,
      success: true,
    })
    expect(category).toBe('process_access')
    expect(fields).toMatchObject({
      PtraceRequest: 'PTRACE_ATTACH',
      SourceImage: '/tmp/x',
      TargetProcessId: 8,
      TargetUserId: '33',
      SyscallSuccess: true,
    })
  })

  it('is what a sensor could not see', () => {
    const { product, category, fields } = seen({
      type: 'health',
      kind: 'dropped',
      count: 5,
      detail: 'the ring was full',
    })
    expect([product, category]).toEqual(['ipcwatch', 'sensor_health'])
    expect(fields).toMatchObject({
      HealthKind: 'dropped',
      HealthSource: 'ebpf',
      HealthCount: 5,
    })
  })
})
