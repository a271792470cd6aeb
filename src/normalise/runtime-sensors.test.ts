import { describe, expect, it } from 'vitest'

import { firstEvent as first } from '../../test/tools/first-event.ts'

describe('Falco', () => {
  const alert = (type: string, fields: object) => ({
    time: '2026-01-02T03:04:05.000000001Z',
    rule: 'Any rule',
    priority: 'Warning',
    source: 'syscall',
    hostname: 'node1',
    output: 'x',
    output_fields: {
      'evt.type': type,
      'proc.exepath': '/usr/bin/nc',
      'proc.pid': 71,
      'user.uid': 1000,
      ...fields,
    },
  })

  it('tells a connection to a UNIX socket by the path behind the pointers', () => {
    const event = first(
      alert('connect', { 'fd.name': 'ffff9a->ffff9b /run/docker.sock' }),
    )
    expect(event).toMatchObject({
      product: 'linux',
      category: 'socket_connect',
      service: 'falco',
      host: 'node1',
      time: Date.UTC(2026, 0, 2, 3, 4, 5),
    })
    expect(event.fields).toMatchObject({
      Image: '/usr/bin/nc',
      ProcessId: 71,
      UserId: 1000,
      SocketPath: '/run/docker.sock',
    })
  })

  it('tells a connection over the network by its peer', () => {
    const event = first(
      alert('connect', { 'fd.name': '10.0.0.5:4021->198.51.100.7:443' }),
    )
    expect(event).toMatchObject({ category: 'network_connection' })
    expect(event.fields).toMatchObject({
      DestinationIp: '198.51.100.7',
      DestinationPort: 443,
    })
    expect(event.fields.SocketPath).toBeUndefined()
  })

  it('tells a program that was run', () => {
    const event = first(
      alert('execve', {
        'proc.cmdline': 'nc -U /run/x',
        'proc.pcmdline': 'bash',
      }),
    )
    expect(event).toMatchObject({ category: 'process_creation' })
    expect(event.fields.NobodyLoggedIn).toBeUndefined()
    expect(event.fields).toMatchObject({
      CommandLine: 'nc -U /run/x',
      ParentCommandLine: 'bash',
    })
  })

  it('tells that nobody logged in where it says so, and nothing where it is not asked', () => {
    const login = (fields: object) => first(alert('execve', fields)).fields
    for (const unset of [-1, 4_294_967_295, '-1']) {
      const service = login({ 'user.loginuid': unset })
      expect(service.NobodyLoggedIn).toBe(true)
      expect(service.LoginUserId).toBeUndefined()
    }
    const person = login({ 'user.loginuid': 1000 })
    expect(person.LoginUserId).toBe(1000)
    expect(person.NobodyLoggedIn).toBeUndefined()
    expect(login({}).NobodyLoggedIn).toBeUndefined()
  })
})

describe('Tetragon', () => {
  const process = {
    exec_id: 'bm9kZTox',
    pid: 71,
    uid: 0,
    cwd: '/root',
    binary: '/usr/bin/curl',
    arguments: '--unix-socket /run/x',
  }
  const parent = {
    exec_id: 'bm9kZTow',
    pid: 70,
    binary: '/bin/bash',
    arguments: '-i',
  }
  const event = (told: object) => ({
    ...told,
    node_name: 'node1',
    time: '2026-01-02T03:04:05.5Z',
  })

  it('tells a program that was run, and its parent', () => {
    const got = first(event({ process_exec: { process, parent } }))
    expect(got).toMatchObject({
      category: 'process_creation',
      service: 'tetragon',
      host: 'node1',
    })
    expect(got.fields).toMatchObject({
      Image: '/usr/bin/curl',
      CommandLine: '/usr/bin/curl --unix-socket /run/x',
      ParentImage: '/bin/bash',
      ParentCommandLine: '/bin/bash -i',
      ProcessGuid: 'bm9kZTox',
      ParentProcessId: 70,
      UserId: 0,
    })
  })

  it('tells what a kernel function was given', () => {
    const args = [
      { sockaddrun_arg: { family: 'AF_UNIX', path: '@abstract' } },
      { int_arg: 110 },
    ]
    const got = first(
      event({
        process_kprobe: {
          process,
          parent,
          function_name: '__x64_sys_connect',
          args,
        },
      }),
    )
    expect(got).toMatchObject({ category: 'socket_connect' })
    expect(got.fields).toMatchObject({
      SocketPath: '@abstract',
      'args.int_arg': 110,
    })
  })

  it('tells a connection over the network', () => {
    const args = [
      { sock_arg: { family: 'AF_INET', daddr: '198.51.100.7', dport: 443 } },
    ]
    const got = first(
      event({
        process_kprobe: { process, function_name: 'tcp_connect', args },
      }),
    )
    expect(got).toMatchObject({ category: 'network_connection' })
    expect(got.fields).toMatchObject({
      DestinationIp: '198.51.100.7',
      DestinationPort: 443,
    })
  })
})

describe('Tracee', () => {
  it('tells events in its old form', () => {
    const got = first({
      timestamp: 1767323045000000000,
      processId: 1,
      hostProcessId: 71,
      userId: 33,
      processName: 'socat',
      executable: { path: '/usr/bin/socat' },
      hostName: 'node1',
      eventName: 'security_socket_connect',
      args: [
        {
          name: 'remote_addr',
          type: 'struct sockaddr*',
          value: { sa_family: 'AF_UNIX', sun_path: '/run/docker.sock' },
        },
      ],
      returnValue: 0,
    })
    expect(got).toMatchObject({
      category: 'socket_connect',
      service: 'tracee',
      host: 'node1',
      time: Date.UTC(2026, 0, 2, 3, 4, 5),
    })
    expect(got.fields).toMatchObject({
      Image: '/usr/bin/socat',
      ProcessId: 71,
      UserId: 33,
      SocketPath: '/run/docker.sock',
    })
  })

  it('tells events in its new form', () => {
    const got = first({
      timestamp: '2026-01-02T03:04:05.000000001Z',
      id: 715,
      name: 'sched_process_exec',
      workload: {
        process: {
          executable: { path: '/usr/bin/gdb' },
          host_pid: 71,
          real_user: { id: 1000 },
        },
      },
      data: [
        { name: 'pathname', str: '/usr/bin/gdb' },
        { name: 'argv', str_array: { value: ['gdb', '-p', '1'] } },
      ],
    })
    expect(got).toMatchObject({ category: 'process_creation' })
    expect(got.fields).toMatchObject({
      Image: '/usr/bin/gdb',
      ProcessId: 71,
      UserId: 1000,
    })
  })
})

describe('a call that reaches into another process', () => {
  const kprobe = (function_name: string, ...args: object[]) => ({
    process_kprobe: {
      process: { pid: 71, binary: '/srv/x' },
      function_name,
      args,
    },
    node_name: 'node1',
    time: '2026-01-02T03:04:05.5Z',
  })
  const traced = (eventName: string, ...args: object[]) => ({
    timestamp: 1767323045000000000,
    processId: 71,
    processName: 'x',
    hostName: 'node1',
    eventName,
    args,
  })
  const alert = (type: string, fields: object) => ({
    time: '2026-01-02T03:04:05.000000001Z',
    rule: 'Any rule',
    priority: 'Warning',
    source: 'syscall',
    output_fields: { 'evt.type': type, ...fields },
  })
  const number = (int_arg: number) => ({ int_arg })

  it.each([
    [kprobe('__x64_sys_ptrace', number(16), number(612)), 'ptrace', 612],
    [kprobe('__arm64_sys_ptrace', number(16)), 'ptrace', undefined],
    [kprobe('__x64_sys_ptrace', number(612)), 'ptrace', 612],
    [
      kprobe('__x64_sys_process_vm_writev', number(612)),
      'process_vm_writev',
      612,
    ],
    [
      traced(
        'ptrace',
        { name: 'request', value: 'PTRACE_ATTACH' },
        { name: 'pid', value: 612 },
      ),
      'ptrace',
      612,
    ],
    [
      traced(
        'ptrace',
        { name: 'request', value: 16 },
        { name: 'pid', value: 612 },
      ),
      'ptrace',
      612,
    ],
    [
      traced('process_vm_readv', { name: 'pid', value: 612 }),
      'process_vm_readv',
      612,
    ],
    [
      alert('ptrace', {
        'evt.arg.request': 'PTRACE_ATTACH',
        'evt.arg.pid': '612(sshd)',
      }),
      'ptrace',
      612,
    ],
  ])('tells the call, the request and the target: %j', (object, call, pid) => {
    const { category, fields } = first(object)
    expect(category).toBe('process_access')
    expect(fields.SyscallName).toBe(call)
    expect(fields.TargetProcessId).toBe(pid)
    const isKnown = call === 'ptrace' && pid !== 612
    if (isKnown) expect(fields.PtraceRequest).toBe('PTRACE_ATTACH')
  })

  it('names what ptrace was asked for', () => {
    const request = (object: object) => first(object).fields.PtraceRequest
    expect(request(kprobe('__x64_sys_ptrace', number(5), number(612)))).toBe(
      'PTRACE_POKEDATA',
    )
    expect(
      request(alert('ptrace', { 'evt.arg.request': 'PTRACE_SEIZE' })),
    ).toBe('PTRACE_SEIZE')
    expect(
      request(kprobe('__x64_sys_process_vm_writev', number(612))),
    ).toBeUndefined()
  })

  it('is none where a socket is reached, of whichever family', () => {
    const connect = (sockaddr_arg: object) =>
      first(kprobe('security_socket_connect', { sockaddr_arg }))
    const unix = connect({ family: 'AF_UNIX', addr: '/run/docker.sock' })
    expect(unix.category).toBe('socket_connect')
    expect(unix.fields).toMatchObject({
      SocketPath: '/run/docker.sock',
      SyscallName: 'connect',
    })
    expect(unix.fields.DestinationIp).toBeUndefined()
    const inet = connect({ family: 'AF_INET', addr: '192.0.2.7', port: 443 })
    expect(inet.category).toBe('network_connection')
    expect(inet.fields.DestinationIp).toBe('192.0.2.7')
    expect(inet.fields.SocketPath).toBeUndefined()
  })
})
