// How processes reach each other, each as a command; which rule tells of it, and what must be known of it. Every one touches only what it
// made itself.
export interface Behaviour {
  readonly name: string
  readonly command: string
  /** Programs that it needs. */
  readonly needs?: readonly string[]
  /** Title of the rule that must fire, and the technique; absent: it is told, and no abuse by itself. */
  readonly rule?: readonly [title: string, technique: string]
  /** Of an event that a sensor tells. */
  readonly told: Readonly<Record<string, unknown>>
  /** An edge, told of while it is open. */
  readonly edge?: Readonly<Record<string, unknown>>
  /** Sensors that cannot see it, with why. */
  readonly unseen?: Readonly<Record<string, string>>
}

const soon =
  'it ends before its descriptors can be looked at, on a busy machine'

export const behaviours: readonly Behaviour[] = [
  {
    name: 'a process that is attached to and written',
    command: './ipc ptrace',
    rule: ['Memory or registers of another process written', 'T1055.008'],
    told: {
      type: 'ptrace',
      PtraceRequest: 'PTRACE_POKEDATA',
      TargetImage: /\/ipc$/,
    },
    edge: {
      EdgeKind: 'process_access',
      ClientImage: /\/ipc$/,
      ServerImage: /\/ipc$/,
    },
  },
  {
    name: 'a process that is seized',
    command: './ipc seize',
    rule: ['Program from a writable place attaches to a process', 'T1055.008'],
    told: { type: 'ptrace', PtraceRequest: 'PTRACE_SEIZE' },
  },
  {
    name: 'memory of another process written at once',
    command: './ipc vmw',
    rule: ['Memory or registers of another process written', 'T1055.008'],
    told: {
      type: 'process_vm',
      SyscallName: 'process_vm_writev',
      TargetProcessId: /\d/,
    },
  },
  {
    name: 'memory of another process written as a file',
    command: './ipc procmem',
    rule: ['Memory or registers of another process written', 'T1055.009'],
    told: {
      type: 'memory_open',
      TargetFilename: /^\/proc\/\d+\/mem$/,
      FileAccess: /write/,
    },
    unseen: { tracefs: soon },
  },
  {
    name: 'a descriptor taken out of another process',
    command: './ipc pidfd',
    rule: ['Descriptor taken out of another process', 'T1559'],
    told: { type: 'pidfd_getfd', TargetDescriptor: 50 },
  },
  {
    name: 'a program that lies in memory alone',
    command: './ipc memfd',
    rule: ['Program executed from memory', 'T1620'],
    told: { type: 'exec', Image: /^\/memfd:upd/ },
  },
  {
    name: 'a segment of shared memory that everybody may write',
    command: './ipc shm',
    rule: ['Shared memory segment that every user may write', 'T1559'],
    told: { type: 'shmget', SharedMemoryKey: '1559' },
  },
  {
    name: 'a FIFO with two ends',
    command: './ipc fifo',
    rule: ['FIFO created in a folder that everyone can write', 'T1559'],
    told: { type: 'fifo_open', TargetFilename: /\/f$/, FileAccess: 'write' },
    edge: {
      EdgeKind: 'fifo',
      EndpointName: /\/f$/,
      ClientImage: /\/ipc$/,
      ServerImage: /\/ipc$/,
    },
    unseen: { tracefs: 'the path is behind a pointer' },
  },
  {
    name: "a container runtime's socket reached",
    command: './ipc unix',
    rule: [
      'Container runtime socket reached by a tool, an interpreter or a program from a writable place',
      'T1611',
    ],
    told: {
      type: 'connect',
      SocketPath: /\/docker\.sock$/,
      PeerImage: /\/ipc$/,
      PeerUserId: '0',
      SocketInode: /\d/,
    },
    edge: {
      EdgeKind: 'unix_socket',
      EndpointName: /\/docker\.sock$/,
      ServerImage: /\/ipc$/,
      ServerProcessId: /\d/,
    },
    unseen: { tracefs: soon },
  },
  {
    name: "a container runtime's socket reached by a client that stays",
    command:
      'mkdir -p run; node -e \'const s=require("net").createServer(c=>{setTimeout(()=>{c.destroy();s.close()},1500)}).listen("run/docker.sock")\' & while [ ! -S run/docker.sock ]; do sleep 0.1; done; ./ipc hold run/docker.sock; wait; rm -rf run',
    needs: ['node'],
    rule: [
      'Container runtime socket reached by a tool, an interpreter or a program from a writable place',
      'T1611',
    ],
    told: {
      type: 'connect',
      SocketPath: /\/run\/docker\.sock$/,
      PeerImage: /node/,
    },
    edge: {
      EdgeKind: 'unix_socket',
      EndpointName: /\/run\/docker\.sock$/,
      ServerImage: /node/,
      ClientImage: /\/ipc$/,
    },
  },
  {
    name: 'a listener without a file',
    command: './ipc abstract',
    rule: ['Program from a writable place listens on a UNIX socket', 'T1559'],
    told: { type: 'connect', SocketPath: '@t1559-abs' },
    unseen: { tracefs: 'names are behind pointers' },
  },
  {
    name: 'a descriptor that is passed',
    command: './ipc scm',
    told: { type: 'descriptor_pass', passed_kind: 'file', PeerProcessId: /\d/ },
    unseen: {
      tracefs: 'messages are behind pointers',
      audit: 'it records no messages',
    },
  },
  {
    name: 'a shell that a FIFO and a connection hold',
    command: `node -e 'const s=require("net").createServer(c=>{c.write("id -u\\nexit\\n");c.on("close",()=>s.close());setTimeout(()=>c.destroy(),800)}).listen(0,"127.0.0.1",()=>require("fs").writeFileSync("port",String(s.address().port)))' & while [ ! -s port ]; do sleep 0.05; done; mkfifo bp; exec 9<>/dev/tcp/127.0.0.1/$(cat port); timeout 3 bash -c "cat bp | sh -i 2>&1 >&9 <&0" & timeout 2 cat <&9 >bp; wait; exec 9>&-; rm -f bp port`,
    needs: ['node', 'mkfifo'],
    rule: ['Shell whose input or output is a network connection', 'T1059.004'],
    told: {
      type: 'exec',
      CommandLine: 'sh -i',
      StdinType: 'pipe',
      StdoutType: 'network socket',
    },
    edge: {
      EdgeKind: 'pipe',
      ClientCommandLine: 'cat bp',
      ServerCommandLine: 'sh -i',
    },
    unseen: { tracefs: soon, audit: 'it does not say what the streams are' },
  },
  {
    name: 'the SSH agent of another user',
    command: `D=$(mktemp -d); chown nobody "$D"; chmod 755 "$D"; setpriv --reuid=65534 --regid=65534 --clear-groups ssh-agent -a "$D/agent.sock" -d >/dev/null 2>&1 & A=$!; while [ ! -S "$D/agent.sock" ]; do sleep 0.1; done; SSH_AUTH_SOCK=$D/agent.sock ssh-add -l; kill $A; wait; rm -r "$D"`,
    needs: ['setpriv', 'ssh-agent', 'ssh-add'],
    rule: [
      'SSH agent of another user reached, wherever its socket lies',
      'T1563.001',
    ],
    told: {
      type: 'connect',
      Image: /ssh-add$/,
      PeerImage: /ssh-agent$/,
      PeerUserId: '65534',
    },
    edge: {
      EdgeKind: 'unix_socket',
      ClientImage: /ssh-add$/,
      ServerImage: /ssh-agent$/,
    },
    unseen: { tracefs: soon, audit: 'it does not say who is at the other end' },
  },
  {
    name: 'systemd driven over a bus',
    // The bus starts a server that never answers: so the caller waits for a second, and whoever looks into /proc sees it.
    command: `mkdir -p data/dbus-1/services; printf '[D-BUS Service]\\nName=org.freedesktop.systemd1\\nExec=/bin/sleep 1\\n' > data/dbus-1/services/systemd1.service; export DBUS_SESSION_BUS_ADDRESS=unix:path=$PWD/bus; XDG_DATA_HOME=$PWD/data dbus-daemon --session --address="$DBUS_SESSION_BUS_ADDRESS" --nofork --nopidfile >/dev/null 2>&1 & B=$!; while [ ! -S bus ]; do sleep 0.1; done; dbus-send --session --print-reply --reply-timeout=1000 --dest=org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager.StartTransientUnit string:x.service string:fail 2>&1 | tail -1; kill $B; wait; unset DBUS_SESSION_BUS_ADDRESS`,
    needs: ['dbus-daemon', 'dbus-send'],
    rule: ['Service manager driven by a D-Bus tool', 'T1559'],
    told: { type: 'exec', CommandLine: /StartTransientUnit/ },
  },
  {
    name: 'a connection by io_uring',
    command: './ipc uring',
    rule: ['Program from a writable place sets up io_uring', 'T1562.012'],
    told: { type: 'connect', via: 'io_uring', SocketPath: /\/uring\.sock$/ },
    unseen: { tracefs: 'requests of io_uring are no calls' },
  },
  {
    name: 'a connection by the calls of a 32-bit program',
    command: './ipc compat',
    rule: [
      'Program that makes 32-bit socket calls beside 64-bit ones',
      'T1559',
    ],
    told: {
      type: 'connect',
      SyscallArch: 'i386',
      SocketPath: /\/compat\.sock$/,
    },
    unseen: { tracefs: 'its tracepoints leave 32-bit calls out' },
  },
]

/** What administrators and programs do all day. */
export const benign: readonly {
  readonly name: string
  readonly command: string
  readonly needs?: readonly string[]
}[] = [
  { name: 'a pipeline', command: 'echo a | cat | wc -c' },
  {
    name: 'a child of node, whose streams are sockets',
    command: `node -e 'require("child_process").execSync("echo a")'`,
    needs: ['node'],
  },
  {
    name: 'a log that is written to a socket',
    command: `node -e 'const s=require("net").createServer(c=>c.on("data",()=>s.close())).listen("log.sock",()=>require("net").connect("log.sock").end("a"))'; rm -f log.sock`,
    needs: ['node'],
  },
  {
    name: 'a debugger on a child of its own',
    command: `sleep 5 & V=$!; gdb -q -nx -batch -p $V -ex 'print (int)getpid()' -ex detach >/dev/null 2>&1; kill $V`,
    needs: ['gdb'],
  },
  {
    name: 'the agent of the same user',
    command: `ssh-agent -a own.sock -d >/dev/null 2>&1 & A=$!; while [ ! -S own.sock ]; do sleep 0.1; done; SSH_AUTH_SOCK=$PWD/own.sock ssh-add -l; kill $A; wait`,
    needs: ['ssh-agent', 'ssh-add'],
  },
  {
    name: 'names asked of a bus',
    command: `export DBUS_SESSION_BUS_ADDRESS=unix:path=$PWD/bus2; dbus-daemon --session --address="$DBUS_SESSION_BUS_ADDRESS" --nofork --nopidfile >/dev/null 2>&1 & B=$!; while [ ! -S bus2 ]; do sleep 0.1; done; dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ListNames >/dev/null; kill $B; wait; unset DBUS_SESSION_BUS_ADDRESS`,
    needs: ['dbus-daemon', 'dbus-send'],
  },
]
