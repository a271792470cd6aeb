// Programs that scripts start, by name: interpreters with a script in their words, clients of buses and sockets, tools that change settings.
import type { Command, KnownCommand } from '../fold/call.ts'
import {
  list,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../fold/value.ts'
import { decoded, fromBase64 } from '../fold/decode.ts'
import { type Language, languageOfName } from '../language.ts'
import {
  hostIn,
  isOther,
  isUrl,
  socketOf,
  tellFile,
  tellPipe,
  urlIn,
} from './places.ts'
import { tellRegistry } from './settings.ts'
import { Words } from './words.ts'

const shells = /^(?:ba|da|z|k|c|tc)?sh$|^cmd$|^powershell$|^pwsh$|^busybox$/

/** Every option of PowerShell may be cut short. */
const psOption = (full: string, least: number): RegExp => {
  const parts = Array.from({ length: full.length - least + 1 }, (_, i) =>
    full.slice(0, full.length - i),
  )
  return new RegExp(`^[-/\u2013\u2014](?:${parts.join('|')})$`, 'i')
}

const encodedOption = new RegExp(
  `${psOption('encodedcommand', 1).source}|^[-/]ec$`,
  'i',
)
const commandOption = psOption('command', 1)
const policyOption = new RegExp(
  `${psOption('executionpolicy', 2).source}|^[-/]ep$`,
  'i',
)
const valueOptions =
  /^[-/](?:w|win\w*|ex\w*|ep|v|version|inp\w*|of|out\w*|if|psc\w*|config\w*|custompipename)$/i

const powershell: KnownCommand = (command) => {
  const words = new Words(command.words)
  tellStart(command)
  const policy = words.textAfter(policyOption)
  if (/^(bypass|unrestricted)$/i.test(policy))
    command.tell('enable', 'execution policy (this run)')
  const encoded = words.after(encodedOption)
  if (encoded) {
    const plain = decoded(fromBase64(encoded, command.budget), 'unicode')
    if (plain) command.tell('evaluate', shownOf(plain))
    command.script(plain, 'powershell')
    return undefined
  }
  const at = words.at(commandOption)
  const from = at >= 0 ? at + 1 : firstPlain(words)
  const code =
    from < words.shown.length && !words.has(psOption('file', 1))
      ? words.rest(from)
      : ''
  if (code === '-' || (!code && command.piped))
    return pipedScript(command, 'powershell')
  if (code && !(at < 0 && languageOfName(code.split(' ')[0]!))) {
    command.script(text(unquoted(code), viaOf(command.words)), 'powershell')
  }
  return undefined
}

function firstPlain(words: Words): number {
  for (let i = 0; i < words.shown.length; i++) {
    if (!/^[-/]/.test(words.shown[i]!)) return i
    if (valueOptions.test(words.shown[i]!)) i++
  }
  return words.shown.length
}

function unquoted(code: string): string {
  const inside = /^(?:&\s*)?\{([\s\S]*)\}$/.exec(code.trim())?.[1]
  return inside ?? code
}

/** A script given through a pipe: what it is, where that is known. */
function pipedScript(
  command: Command,
  language: Language | undefined,
): undefined {
  const { input } = command
  const shown =
    input && textOf(input) !== undefined ? textOf(input)! : shownOf(input)
  command.tell('piped_script', `${command.name} < ${shown || '{?}'}`)
  if (input) command.script(input, language)
  return undefined
}

/** `sh -c 'text'`, `python -c text`, `perl -e text`; else a script from a pipe. */
const interpreter =
  (language: Language, inline: RegExp): KnownCommand =>
  (command) => {
    const words = new Words(command.words)
    tellStart(command)
    const i = words.at(inline)
    if (i >= 0) {
      const code = words.all[i + 1]
      if (code && shownOf(code)) command.script(code, language)
      return undefined
    }
    const hasFile = words.plain.some((w) => w !== '-')
    const interactive = words.has(/^-i$/)
    const isKnown = command.input?.kind === 'text'
    // Whoever is at the other end gives it its commands.
    if (hintOf(command.input) === received) command.mark('shell')
    if (command.piped && !hasFile && (!interactive || isKnown)) {
      return pipedScript(command, language)
    }
    if (command.piped && interactive) command.mark('shell')
    return undefined
  }

const cmd: KnownCommand = (command) => {
  const words = new Words(command.words)
  tellStart(command)
  const i = words.at(/^\/[ckr]/i)
  if (i < 0) return command.piped ? pipedScript(command, 'batch') : undefined
  const glued = words.shown[i]!.slice(2)
  const line = [glued, ...words.shown.slice(i + 1)].filter(Boolean).join(' ')
  command.script(
    text(line.replace(/^"([\s\S]*)"$/, '$1'), viaOf(command.words)),
    'batch',
  )
  return undefined
}

export function tellStart(command: Command): void {
  const line = [command.program, ...command.words.map(shownOf)]
    .filter(Boolean)
    .join(' ')
  command.tell('start', line)
}

const starts: KnownCommand = (command) => {
  tellStart(command)
  return unknown('output')
}

const mshta: KnownCommand = (command) => {
  tellStart(command)
  const line = command.words.map(shownOf).join(' ').trim()
  const inline = /^["']?(vbscript|javascript|jscript|about):([\s\S]*)$/i.exec(
    line,
  )
  if (inline) {
    const language = /^v/i.test(inline[1]!)
      ? 'vbscript'
      : /^a/i.test(inline[1]!)
        ? 'hta'
        : 'jscript'
    command.script(text(inline[2]!.replace(/["']$/, '')), language)
  } else if (isUrl(line)) command.tell('connect', line)
  return undefined
}

/** rundll32 javascript:"\..\mshtml,RunHTMLApplication ";code */
const rundll32: KnownCommand = (command) => {
  tellStart(command)
  const line = command.words.map(shownOf).join(' ')
  const script =
    /^\s*(?:javascript|vbscript):(?:"[^"]*"|\\\.\.\\[^;]*)\s*;([\s\S]+)$/i.exec(
      line,
    )?.[1]
  if (script)
    command.script(text(script), /^\s*vb/i.test(line) ? 'vbscript' : 'jscript')
  return undefined
}

const regsvr32: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const from = words.shown
    .map((w) => /^[-/]i:(.+)$/i.exec(w)?.[1])
    .find(Boolean)
  if (from && words.has(/scrobj/i)) {
    command.tell('com', `scriptlet ${from}`)
    const url = urlIn(from)
    if (url) command.tell('connect', url)
  }
  return undefined
}

/** Fetches: curl, wget, bitsadmin, certutil. */
const fetches: KnownCommand = (command) => {
  const words = new Words(command.words)
  const socket = words.textAfter(/^--(?:abstract-)?unix-socket$/)
  const url =
    words.shown.map((w) => urlIn(w)).find(Boolean) ??
    words.plain.find((w) => /^[\w.-]+\.\w{2,}(?:[:/]|$)/.test(w))
  if (socket) command.tell('socket_client', socket)
  else if (url) command.tell('connect', url)
  const out = words.textAfter(
    /^-o$|^-O$|^--output$|^--output-document$|^-outfile$/i,
  )
  if (out && out !== '-' && !isUrl(out)) tellFile(command, out, true)
  return unknown(`downloaded${url ? ` ${url}` : ''}`)
}

const certutil: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const url = words.shown.find(isUrl)
  if (url) command.tell('connect', url)
  if (words.has(/decode|urlcache/i) && words.plain.at(-1))
    tellFile(command, words.plain.at(-1)!, true)
  return undefined
}

const reg: KnownCommand = (command) => {
  const words = new Words(command.words)
  if (!/^add$/i.test(words.shown[0] ?? '')) {
    tellStart(command)
    return undefined
  }
  const name = words.textAfter(/^\/v$/i)
  const data = words.textAfter(/^\/d$/i)
  tellRegistry(
    command,
    [words.shown[1] ?? '', name].filter(Boolean).join('\\'),
    data,
  )
  return undefined
}

const schtasks: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host = words.textAfter(/^\/s$/i)
  if (words.has(/^\/create$/i)) {
    command.tell('install', `task ${words.textAfter(/^\/tn$/i)}`, {
      host: isOther(host) ? host : undefined,
    })
    command.commandLine(words.after(/^\/tr$/i))
  }
  return undefined
}

const service: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host = hostIn(`${words.shown[0] ?? ''}\\`)
  const at = words.at(/^(?:create|config)$/i)
  if (at >= 0)
    command.tell('install', `service ${words.shown[at + 1] ?? ''}`, { host })
  return undefined
}

const wmic: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const line = words.shown.join(' ')
  const host = /\/node:"?([^\s"]+)/i.exec(line)?.[1]
  const other = isOther(host) ? host : undefined
  const created = /process\s+call\s+create\s+["']?(.+?)["']?\s*$/i.exec(
    line,
  )?.[1]
  command.tell('wmi', created ? 'Win32_Process.Create' : line, { host: other })
  if (created) command.commandLine(text(created), { host: other })
  return undefined
}

/** `busctl call NAME PATH INTERFACE METHOD`, `gdbus call --dest … --method …`, `dbus-send --dest=… path interface.method`. */
const bus: KnownCommand = (command) => {
  const words = new Words(command.words)
  const plain = words.shown.filter((w) => !w.startsWith('-'))
  const of = (option: string) =>
    words.shown
      .map((w) => new RegExp(`^--${option}=(.+)$`).exec(w)?.[1])
      .find(Boolean) ?? words.textAfter(new RegExp(`^--${option}$`))
  let target = ''
  if (command.name === 'busctl') {
    const at = plain.findIndex((w) => w === 'call' || w === 'set-property')
    if (at < 0) return starts(command)
    const [name, , face, method] = plain.slice(at + 1)
    target = [name, face, method].join(' ')
  } else if (command.name === 'gdbus')
    target = [of('dest') || of('session'), of('method') || of('object-path')]
      .filter(Boolean)
      .join(' ')
  else
    target = [
      of('dest'),
      plain.find((w) => /^[\w.]+\.\w+$/.test(w) && !w.startsWith('/')),
    ]
      .filter(Boolean)
      .join(' ')
  command.tell('dbus', target || words.shown.join(' '))
  return unknown('output')
}

/** What comes from a connection. */
const received = 'received'

const hintOf = (value: Value | undefined) =>
  value?.kind === 'unknown' ? value.hint : undefined

/** nc, ncat, netcat. */
const netcat: KnownCommand = (command) => {
  const words = new Words(command.words)
  const flags = words.shown.filter((w) => /^-\w+$/.test(w)).join('')
  const program = words.textAfter(/^-\w*[ec]$|^--(?:sh-)?exec$/)
  const listens = /l/.test(flags)
  const plain = words.plain.filter((w) => w !== program)
  if (/U/.test(flags))
    command.tell(
      listens ? 'socket_server' : 'socket_client',
      plain.at(-1) ?? '',
    )
  else
    command.tell(
      listens ? 'listen' : 'connect',
      plain.slice(0, 2).join(':') || words.textAfter(/^-\w*p$/),
    )
  command.mark('connection')
  if (program) {
    command.commandLine(text(program))
    if (shells.test(program.replace(/^.*\//, ''))) command.mark('shell')
  }
  return unknown(received)
}

/** Both sides of socat say what they are. */
const socat: KnownCommand = (command) => {
  for (const word of command.words.map(shownOf)) {
    const [, kind = '', address = ''] = /^([a-z0-9-]+):(.*)$/i.exec(word) ?? []
    const low = kind.toLowerCase()
    if (/^unix-(listen|l|recv)|^abstract-listen/.test(low))
      command.tell('socket_server', address.split(',')[0]!)
    else if (/^(unix|abstract)/.test(low))
      command.tell('socket_client', address.split(',')[0]!)
    else if (/^(tcp|udp|openssl|ssl)\d?-(listen|l)/.test(low)) {
      command.tell('listen', address.split(',')[0]!)
      command.mark('connection')
    } else if (/^(tcp|udp|openssl|ssl)/.test(low)) {
      command.tell('connect', address.split(',')[0]!)
      command.mark('connection')
    } else if (/^(exec|system)$/.test(low)) {
      const program = address.split(',')[0]!.replace(/^['"]|['"]$/g, '')
      command.commandLine(text(program))
      if (shells.test(program.split(' ')[0]!.replace(/^.*\//, '')))
        command.mark('shell')
    }
  }
  return undefined
}

const fifo: KnownCommand = (command) => {
  const words = new Words(command.words)
  if (command.name === 'mknod' && !words.plain.includes('p')) return undefined
  const path = words.plain.find((w) => w !== 'p')
  if (path) command.tell('fifo', path)
  return undefined
}

/** docker, ctr, podman … with a host that is a socket. */
const container: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host =
    words.textAfter(/^-H$|^--host$|^-a$|^--address$/) ||
    words.shown.map((w) => /^(?:-H|--host)=(.+)$/.exec(w)?.[1]).find(Boolean)
  const socket = host ? socketOf(host) : undefined
  if (socket) command.tell('socket_client', socket)
  for (const word of words.shown) {
    const mounted = /^(?:-v=?)?(\/[\w./-]+\.sock):/.exec(word)?.[1]
    if (mounted) command.tell('socket_client', mounted)
  }
  return undefined
}

const osascript: KnownCommand = (command) => {
  const words = new Words(command.words)
  const isScript = /javascript/i.test(words.textAfter(/^-l$/))
  const language: Language = isScript ? 'jxa' : 'applescript'
  const lines: Value[] = []
  words.shown.forEach((w, i) => {
    if (w === '-e' && words.all[i + 1]) lines.push(words.all[i + 1]!)
  })
  tellStart(command)
  if (lines.length)
    command.script(text(lines.map(shownOf).join('\n'), viaOf(lines)), language)
  else if (command.piped && !words.plain.length)
    return pipedScript(command, language)
  return undefined
}

const launchctl: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  if (words.has(/^(?:load|bootstrap|submit|kickstart)$/))
    command.tell('install', `agent ${words.plain.at(-1) ?? ''}`)
  return undefined
}

const systemd: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  if (/^(?:enable|start|link)$/.test(words.plain[0] ?? ''))
    command.tell('install', `unit ${words.plain[1] ?? ''}`)
  return undefined
}

const debuggers: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const pid = words.textAfter(/^-p$|^--pid$|^-p\d/)
  if (pid) command.tell('process_access', `${command.name} ${pid}`)
  return undefined
}

const memoryTool: KnownCommand = (command) => {
  tellStart(command)
  if (command.name === 'ipcmk')
    command.tell('shared_memory', command.words.map(shownOf).join(' '))
  return undefined
}

const copies: KnownCommand = (command) => {
  const words = new Words(command.words)
  const to = words.plain.at(-1)
  if (words.plain.length > 1 && to) tellFile(command, to, true)
  return undefined
}

/** Words before a command that is started in its place. */
const passesOn =
  (skip: RegExp): KnownCommand =>
  (command) => {
    const words = new Words(command.words)
    let i = 0
    while (
      i < words.shown.length &&
      (/^-/.test(words.shown[i]!) || skip.test(words.shown[i]!))
    )
      i++
    if (i < words.shown.length)
      command.commandLine(list(words.all.slice(i) as Value[]))
    return undefined
  }

/** Windows' start: a title, options, then the command. */
const startCommand: KnownCommand = (command) => {
  const words = new Words(command.words)
  let i = 0
  while (
    i < words.shown.length &&
    (/^\//.test(words.shown[i]!) || words.shown[i] === '')
  )
    i++
  if (i < words.shown.length)
    command.commandLine(list(words.all.slice(i) as Value[]))
  return undefined
}

const scriptHost: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const file = words.plain[0]
  if (file && isUrl(file)) command.tell('connect', file)
  if (words.has(/^\/\/?e:/i) || file)
    tellPipe(command, 'pipe_client', file ?? '')
  return undefined
}

const perlLike = /^-\w*[eEr]$/

export const programs: Readonly<Record<string, KnownCommand>> = {
  powershell,
  pwsh: powershell,
  cmd,
  mshta,
  rundll32,
  regsvr32,
  wscript: scriptHost,
  cscript: scriptHost,
  sh: interpreter('shell', /^-\w*c$/),
  bash: interpreter('shell', /^-\w*c$/),
  zsh: interpreter('shell', /^-\w*c$/),
  dash: interpreter('shell', /^-\w*c$/),
  ksh: interpreter('shell', /^-\w*c$/),
  python: interpreter('python', /^-\w*c$/),
  python2: interpreter('python', /^-\w*c$/),
  python3: interpreter('python', /^-\w*c$/),
  perl: interpreter('perl', perlLike),
  ruby: interpreter('ruby', perlLike),
  php: interpreter('php', /^-\w*r$/),
  node: interpreter('javascript', /^-\w*[ep]$|^--eval$/),
  osascript,
  curl: fetches,
  wget: fetches,
  bitsadmin: (command) => {
    tellStart(command)
    return fetches(command)
  },
  certutil,
  reg,
  schtasks,
  sc: service,
  wmic,
  winrs: starts,
  busctl: bus,
  gdbus: bus,
  'dbus-send': bus,
  nc: netcat,
  ncat: netcat,
  netcat,
  socat,
  mkfifo: fifo,
  mknod: fifo,
  docker: container,
  podman: container,
  ctr: container,
  crictl: container,
  nerdctl: container,
  launchctl,
  systemctl: systemd,
  gdb: debuggers,
  strace: debuggers,
  lldb: debuggers,
  ipcmk: memoryTool,
  cp: copies,
  mv: copies,
  copy: copies,
  xcopy: copies,
  sudo: passesOn(/=/),
  env: passesOn(/=/),
  nohup: passesOn(/^$/),
  exec: passesOn(/^$/),
  command: passesOn(/^$/),
  setsid: passesOn(/^$/),
  timeout: passesOn(/^[\d.]+[smhd]?$/),
  xargs: passesOn(/^[\d{}]+$/),
  start: startCommand,
  call: passesOn(/^:.*/),
  crontab: (command) => {
    tellStart(command)
    if (command.piped) command.tell('install', 'crontab')
    return undefined
  },
}
