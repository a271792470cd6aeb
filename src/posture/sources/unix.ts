// Plain files and outputs of a UNIX host: sshd's configuration, mounts, groups, sudoers, capabilities of files, modes of sockets, SELinux, AppArmor, X.
import { jsonOf, isJsonMap, mapAt } from './json-dumps.ts'
import { fileOf, lineOf, linesOf, type Source } from './source.ts'

const sshdWords =
  /^[ \t]*(AllowAgentForwarding|AllowStreamLocalForwarding|StreamLocalBindUnlink|AllowTcpForwarding|PermitRootLogin|Subsystem|PasswordAuthentication|X11Forwarding|UsePAM)\s/im

export const sshdConfig: Source = {
  what: 'sshd_config, sshd -T',
  recognises: ({ text, base, name }) =>
    base === 'sshd_config' ||
    /sshd_config\.d[\\/]/.test(name) ||
    (sshdWords.test(text) && !/^\s*[{<[]/.test(text)),
  read(dump) {
    dump.facts.of('linux')
    // What sshd itself prints, and the main file, leave nothing out; a piece of sshd_config.d does.
    if (!/sshd_config\.d[\\/]/.test(dump.name)) {
      dump.facts.cover('sshd', dump.name)
    }
    for (const [line, number] of linesOf(dump.text)) {
      const parts = keywordOf(line)
      // What is below Match is for some only.
      if (parts?.name.toLowerCase() === 'match') return
      if (parts)
        dump.facts.add('sshd', parts.name, parts.value, lineOf(dump, number))
    }
  },
}

/** sshd_config(5): a keyword, blanks or one `=`, its arguments, perhaps in quotes; a comment behind them. */
function keywordOf(line: string): { name: string; value: string } | undefined {
  const parts = /^\s*([a-z]\w+)([\s=].*)/i.exec(line)
  if (!parts) return undefined
  const said = parts[2]!.split('#', 1)[0]!.trim().replace(/^=/, '').trim()
  const value = said.replace(/^"|"$/g, '')
  return value.includes('"') ? undefined : { name: parts[1]!, value }
}

export const mounts: Source = {
  what: 'mount, /proc/mounts',
  recognises: ({ text }) =>
    /^\S+ on \/\S* type \w+ \(/m.test(text) ||
    /^\S+ \/\S* \w[\w.]* (rw|ro)[\w,=.:/-]* \d \d$/m.test(
      text.slice(0, 65_536),
    ),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('mount', dump.name)
    for (const [line, number] of linesOf(dump.text)) {
      const parts =
        /^\S+ on (\/\S*) type \S+ \(([^)]*)\)/.exec(line) ??
        /^\S+ (\/\S*) \S+ (\S+) \d \d$/.exec(line)
      if (!parts) continue
      const options = parts[2]!.split(',')
      dump.facts.add(
        `mount\\${parts[1]}`,
        'options',
        options,
        lineOf(dump, number),
      )
    }
  },
}

export const groups: Source = {
  what: '/etc/group, getent group',
  recognises: ({ text }) =>
    /^root:[^:\n]*:0:[^:\n]*$/m.test(text) &&
    /^[\w.-]+:[^:\n]*:\d+:[^:\n]*$/m.test(text.split('\n', 1)[0]!),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('group', dump.name)
    for (const [line, number] of linesOf(dump.text)) {
      const [name, , id, list] = line.split(':')
      if (!name || id === undefined) continue
      const members = (list ?? '').split(',').filter((m) => m !== '')
      dump.facts.add(`group\\${name}`, 'members', members, lineOf(dump, number))
    }
  },
}

/** Programs that hand their caller's code to another process, or to root. */
const ipcPrograms =
  /\b(gdb|strace|ltrace|busctl|dbus-send|gdbus|systemd-run|socat|nsenter|docker|podman|ctr|lxc|pkexec|script|tmux|screen)\b|:\s*ALL\s*$/

export const sudoers: Source = {
  what: 'sudoers',
  recognises: ({ text, base, name }) =>
    base === 'sudoers' ||
    /sudoers\.d[\\/]/.test(name) ||
    /^[ \t]*[%\w.-]+\s+ALL\s*=\s*\(/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    if (dump.base === 'sudoers') dump.facts.cover('sudo', dump.name)
    dump.facts.extend('sudo', 'without a password', [], fileOf(dump))
    for (const [line, number] of linesOf(dump.text)) {
      if (!/^\s*[^#]*\bNOPASSWD\s*:/.test(line) || !ipcPrograms.test(line))
        continue
      dump.facts.extend(
        'sudo',
        'without a password',
        [`${dump.name}:${number}: ${line.trim()}`],
        lineOf(dump, number),
      )
    }
  },
}

export const getcap: Source = {
  what: 'getcap -r /',
  recognises: ({ text }) => /^\/\S+ (= )?cap_\w+/m.test(text.slice(0, 65_536)),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('capability', dump.name)
    for (const [line, number] of linesOf(dump.text)) {
      const parts = /^(\/.*?) (?:= )?((?:cap_\w+,?)+)[=+]/.exec(line)
      for (const capability of parts ? parts[2]!.split(',') : []) {
        dump.facts.extend(
          'capability',
          capability,
          [parts![1]!],
          lineOf(dump, number),
        )
      }
    }
  },
}

/** Sockets of tmux and screen, where they make them unless told otherwise. */
export function isTerminal(path: string): boolean {
  return /^\/tmp\/tmux-\d+\/[^/]+$|^\/(?:var\/)?run\/screen\/S-[^/]+\/[^/]+$/.test(
    path,
  )
}

export const statLines: Source = {
  what: "stat -c '%a %U %G %n'",
  recognises: ({ text }) => /^[0-7]{3,4} \S+ \S+ \/\S/.test(text),
  read(dump) {
    dump.facts.of('linux')
    for (const [line, number] of linesOf(dump.text)) {
      const parts = /^([0-7]{3,4}) (\S+) (\S+) (\/.*)$/.exec(line)
      if (!parts) continue
      const [, mode, owner, group, path] = parts
      const key = `file\\${path}`
      const whence = lineOf(dump, number)
      dump.facts.cover(key, dump.name)
      dump.facts.add(key, 'mode', Number.parseInt(mode!, 8), whence)
      dump.facts.add(key, 'owner', owner!, whence)
      dump.facts.add(key, 'group', group!, whence)
      if (isTerminal(path!))
        dump.facts.add(
          `terminal\\${path}`,
          'mode',
          Number.parseInt(mode!, 8),
          whence,
        )
    }
  },
}

export const seLinux: Source = {
  what: 'sestatus, getenforce, getsebool',
  recognises: ({ text }) =>
    /^SELinux status:/m.test(text) ||
    /^(Enforcing|Permissive|Disabled)\s*$/.test(text) ||
    /^deny_ptrace --> (on|off)/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    const mode =
      /^(?:Current mode:\s*)?(enforcing|permissive|disabled)\s*$/im.exec(
        dump.text,
      )?.[1]
    const off = /^SELinux status:\s*disabled/m.test(dump.text)
      ? 'disabled'
      : mode
    if (off) dump.facts.add('lsm', 'selinux', off.toLowerCase(), fileOf(dump))
    const ptrace = /^deny_ptrace --> (on|off)/m.exec(dump.text)?.[1]
    if (ptrace) dump.facts.add('lsm', 'deny_ptrace', ptrace, fileOf(dump))
  },
}

export const appArmor: Source = {
  what: 'aa-status --json, /sys/kernel/security/apparmor/profiles',
  recognises: (dump) => {
    const value = jsonOf(dump)
    if (isJsonMap(value) && 'profiles' in value && 'processes' in value)
      return true
    return /^\S.* \((enforce|complain|unconfined|kill|prompt)\)$/m.test(
      dump.text,
    )
  },
  read(dump) {
    dump.facts.of('linux')
    const value = jsonOf(dump)
    const pairs = isJsonMap(value)
      ? Object.entries(mapAt(value, 'profiles'))
      : [...dump.text.matchAll(/^(\S.*) \((\w+)\)$/gm)].map(
          ([, name, mode]) => [name, mode],
        )
    const inMode = (mode: string) =>
      pairs.filter(([, m]) => m === mode).map(([name]) => String(name))
    dump.facts.extend(
      'lsm',
      'apparmor profiles that enforce',
      inMode('enforce'),
      fileOf(dump),
    )
    dump.facts.extend(
      'lsm',
      'apparmor profiles that complain',
      inMode('complain'),
      fileOf(dump),
    )
  },
}

/**
 * What the kernel's AppArmor can mediate: a folder a class of permissions below /sys/kernel/security/apparmor/features, or all of them in one
 * text, as `aa-features-abi -x` prints them.
 */
export const appArmorFeatures: Source = {
  what: 'aa-features-abi -x, /sys/kernel/security/apparmor/features',
  recognises: ({ text, name }) =>
    dbusMask.test(name) || /^caps \{mask \{/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('apparmor', dump.name)
    const mask = dbusMask.test(dump.name)
      ? dump.text
      : /^dbus \{mask \{([^{}]*)\}/m.exec(dump.text)?.[1]
    if (mask !== undefined)
      dump.facts.add('apparmor', 'dbus mask', mask.trim(), fileOf(dump))
  },
}

const dbusMask = /apparmor\/features\/dbus\/mask$/

export const xhost: Source = {
  what: 'xhost',
  recognises: ({ text }) => /^access control (enabled|disabled)/.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('x11', dump.name)
    dump.facts.add(
      'x11',
      'access control',
      /^access control enabled/.test(dump.text) ? 'enabled' : 'disabled',
      fileOf(dump),
    )
    dump.facts.extend('x11', 'hosts let in', [], fileOf(dump))
    for (const [line, number] of linesOf(dump.text)) {
      const host = line.trim()
      if (number > 1 && /^(INET6?|DNET|LOCAL):/.test(host))
        dump.facts.extend('x11', 'hosts let in', [host], fileOf(dump))
    }
  },
}

/** Sockets that listen: `ss -tln`, `ss -xl`. */
export const listeners: Source = {
  what: 'ss -tlnp',
  recognises: ({ text }) => /^(Netid\s+)?State\s+Recv-Q\s+Send-Q/.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('listen', dump.name)
    dump.facts.extend('listen', 'x11 over tcp', [], fileOf(dump))
    dump.facts.extend('listen', 'docker over tcp', [], fileOf(dump))
    for (const [line, number] of linesOf(dump.text)) {
      const port = /LISTEN\s+\d+\s+\d+\s+(\S+):(\d+)\s/.exec(line)
      if (!port) continue
      const n = Number(port[2])
      const said = `${port[1]}:${n}`
      if (n >= 6000 && n <= 6063)
        dump.facts.extend(
          'listen',
          'x11 over tcp',
          [said],
          lineOf(dump, number),
        )
      if (n === 2375)
        dump.facts.extend(
          'listen',
          'docker over tcp',
          [said],
          lineOf(dump, number),
        )
    }
  },
}
