// What eslogger prints on a Mac: a vendor's application and its helper at work, then a program of somebody's own that
// speaks to the helper, and the helper that starts a shell for it.

interface Process {
  readonly path: string
  readonly team: string | null
  readonly flags: number
  readonly platform: boolean
  readonly uid: number
  readonly pid: number
}

// XNU, osfmk/kern/cs_blobs.h: signed, and hardened, ad hoc, or Apple's own.
const hardened = 0x20010001
const adHoc = 0x20020002
const apple = 0x24000001

const application: Process = {
  path: '/Applications/Contoso.app/Contents/MacOS/Contoso',
  team: 'AB12CD34EF',
  flags: hardened,
  platform: false,
  uid: 501,
  pid: 611,
}
const helper: Process = {
  ...application,
  path: '/Library/PrivilegedHelperTools/com.contoso.helper',
  uid: 0,
  pid: 311,
}
const stranger: Process = {
  path: '/Users/ana/Downloads/poc',
  team: null,
  flags: adHoc,
  platform: false,
  uid: 501,
  pid: 1512,
}
const shell: Process = {
  path: '/bin/sh',
  team: null,
  flags: apple,
  platform: true,
  uid: 0,
  pid: 311,
}

export function macosExample(): string {
  const lines = [
    connect(application, 'com.contoso.helper'),
    connect(application, 'com.apple.windowserver.active'),
    execute({ ...shell, uid: 501, pid: 702 }, ['/bin/sh', '-c', 'uptime'], {
      ...shell,
      path: '/bin/zsh',
      uid: 501,
      pid: 702,
    }),
    connect(stranger, 'com.contoso.helper'),
    execute(shell, ['/bin/sh', '-c', 'id > /tmp/o'], helper),
  ]
  return `${lines
    .map((line, i) => JSON.stringify(message(line, i)).replaceAll('/', '\\/'))
    .join('\n')}\n`
}

interface Line {
  readonly type: number
  readonly process: object
  readonly event: object
}

function connect(client: Process, service: string): Line {
  return {
    type: 113,
    process: process(client),
    event: {
      xpc_connect: { service_name: service, service_domain_type: 1 },
    },
  }
}

function execute(target: Process, args: readonly string[], by: Process): Line {
  const cwd = { path: '/', path_truncated: false }
  return {
    type: 9,
    process: process(by),
    event: { exec: { target: process(target), args, env: [], cwd, fds: [] } },
  }
}

function message(line: Line, i: number): object {
  return {
    schema_version: 1,
    version: 10,
    time: `2026-03-02T09:14:${String(10 + i)}.412000000Z`,
    mach_time: 4_013_747_978 + i,
    event_type: line.type,
    action_type: 1,
    action: { result: { result_type: 0, result: { auth: 0 } } },
    seq_num: i,
    global_seq_num: 900 + i,
    thread: { thread_id: 71 },
    process: line.process,
    event: line.event,
  }
}

// Message version 10 writes tokens as lists: auid, euid, egid, ruid, rgid, pid, asid, pidversion.
function process(p: Process): object {
  const token = (pid: number, uid: number) => [
    501,
    uid,
    20,
    uid,
    20,
    pid,
    100_019,
    pid + 9000,
  ]
  return {
    executable: { path: p.path, path_truncated: false },
    audit_token: token(p.pid, p.uid),
    parent_audit_token: token(1, 0),
    responsible_audit_token: token(p.pid, p.uid),
    ppid: 1,
    original_ppid: 1,
    group_id: p.pid,
    session_id: 1,
    signing_id: p.path.slice(p.path.lastIndexOf('/') + 1),
    team_id: p.team,
    cdhash: '0'.repeat(40),
    codesigning_flags: p.flags,
    is_platform_binary: p.platform,
    is_es_client: false,
    start_time: '2026-03-02T09:14:01.100000Z',
    tty: null,
  }
}
