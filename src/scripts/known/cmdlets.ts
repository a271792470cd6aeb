// Cmdlets of PowerShell: what each makes, starts, fetches, writes or sets.
import { globTest, isGlob } from '../../base/glob.ts'
import type { ActionKind } from '../action.ts'
import type { Command, KnownCommand } from '../fold/call.ts'
import {
  bitOf,
  itemsOf,
  list,
  object,
  shownOf,
  text,
  unknown,
  type Value,
  viaOf,
} from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { tellApisIn } from './apis.ts'
import { comObject } from './com.ts'
import { environmentOf } from './environment.ts'
import { isOther, tellFile } from './places.ts'
import { programs } from './programs/index.ts'
import { tellStart } from './programs/told.ts'
import { tellRegistry } from './settings.ts'

/** Words of a cmdlet: named by the beginning of a name, or by their place. */
class Bound {
  readonly named = new Map<string, Value>()
  readonly plain: Value[] = []

  constructor(words: readonly Value[]) {
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!
      const name =
        word.kind === 'text'
          ? /^[-\u2013]([a-z]\w{0,40}):?$/i.exec(word.text)?.[1]
          : undefined
      if (!name) {
        this.plain.push(word)
        continue
      }
      const next = words[i + 1]
      const isName = next?.kind === 'text' && /^-[a-z]\w*$/i.test(next.text)
      if (switches.has(name.toLowerCase()) || !next || isName)
        this.named.set(name.toLowerCase(), text('True'))
      else {
        this.named.set(name.toLowerCase(), next)
        i++
      }
    }
  }

  /** By its full name, however it was cut short; else by place. */
  get(full: string, place?: number): Value | undefined {
    for (const [name, value] of this.named)
      if (full.startsWith(name) && name.length > 0) return value
    return place === undefined ? undefined : this.plain[place]
  }
}

const switches = new Set([
  'force',
  'recurse',
  'usebasicparsing',
  'passthru',
  'wait',
  'nonewwindow',
  'raw',
  'confirm',
  'asjob',
  'nonewline',
  'append',
  'noclobber',
  'verbose',
  'strict',
])

const evaluate: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const code = given.get('command', 0) ?? command.input
  if (!code) return undefined
  if (code.kind === 'function') return command.invoke(code, [])
  command.tell('evaluate', shownOf(code))
  return command.evaluate(code, 'powershell')
}

const newObject: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const com = given.get('comobject')
  if (com) return comObject(command, com)
  const type = shownOf(given.get('typename', 0))
    .toLowerCase()
    .replace(/^system\./, '')
  const args = given.get('argumentlist', 1)
  const made = command.call(
    `${type}.new`,
    args
      ? args.kind === 'list' && type !== 'io.memorystream'
        ? args.items
        : [unwrapped(args)]
      : [],
  )
  return made.kind === 'unknown' ? object(type) : made
}

/** `(,$bytes)`: the one item that is meant. */
function unwrapped(value: Value): Value {
  return value.kind === 'list' && value.items.length === 1
    ? value.items[0]!
    : value
}

const webRequest: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const url = shownOf(given.get('uri', 0))
  if (url) command.tell('connect', url)
  const out = given.get('outfile')
  if (out) tellFile(command, shownOf(out), true)
  return unknown(`downloaded ${url}`)
}

const startProcess: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const program = given.get('filepath', 0)
  const args = given.get('argumentlist', 1)
  if (program)
    command.commandLine(
      args
        ? list([program, ...(args.kind === 'list' ? args.items : [args])])
        : program,
    )
  return undefined
}

const remote: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const host = shownOf(given.get('computername') ?? given.get('hostname'))
  const block =
    given.get('scriptblock', 0) ??
    command.words.find((w) => w.kind === 'function')
  if (isOther(host))
    command.tell('start', `${command.program} ${shownOf(block)}`, { host })
  const args = given.get('argumentlist')
  return command.invoke(
    block,
    args ? (args.kind === 'list' ? args.items : [args]) : [],
  )
}

const wmiMethod: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const host = shownOf(given.get('computername'))
  const other = isOther(host) ? host : undefined
  const name = shownOf(
    given.get('class') ?? given.get('classname') ?? given.plain[0],
  )
  const method = shownOf(
    given.get('name') ?? given.get('methodname') ?? given.plain[1],
  )
  command.tell('wmi', [name, method].filter(Boolean).join('.'), { host: other })
  const args = given.get('argumentlist') ?? given.get('arguments')
  const line =
    args?.kind === 'object'
      ? args.entries.get('commandline')
      : args?.kind === 'list'
        ? args.items[0]
        : args
  if (/^create$/i.test(method) && line)
    command.commandLine(line, { host: other })
  return unknown('result')
}

const wmiGet: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const host = shownOf(given.get('computername'))
  const name = shownOf(
    given.get('class') ??
      given.get('classname') ??
      given.get('query') ??
      given.plain[0],
  )
  if (!name) return undefined
  command.tell('wmi', name, { host: isOther(host) ? host : undefined })
  return object('wmi.class', {
    data: text(name),
    ...(isOther(host) && { host }),
  })
}

const setItem: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const path = shownOf(given.get('path', 0))
  const name = shownOf(given.get('name', 1))
  const value = given.get('value', 2)
  const variable = /^variable:[\\/]*(\w{1,128})$/i.exec(path)?.[1]
  const set = given.get('value') ?? given.plain[1]
  if (variable && set) command.define(`$${variable.toLowerCase()}`, set)
  if (/^(?:hk|registry::)/i.test(path))
    tellRegistry(
      command,
      [path, name].filter(Boolean).join('\\'),
      shownOf(value),
    )
  return undefined
}

const policy: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const wanted = shownOf(given.get('executionpolicy', 0))
  const scope = shownOf(given.get('scope', 1))
  if (/^(bypass|unrestricted)$/i.test(wanted))
    command.tell(
      'enable',
      /^process$/i.test(scope)
        ? 'execution policy (this run)'
        : 'execution policy',
    )
  return undefined
}

const defender: KnownCommand = (command) => {
  const line = command.words.map(shownOf).join(' ')
  if (
    /-disable\w+\s+(?:\$?true|1)/i.test(line) ||
    /-(?:exclusion\w+)\s/i.test(line)
  )
    command.tell('enable', 'antivirus off')
  return undefined
}

const addType: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const source =
    given.get('typedefinition') ??
    given.get('memberdefinition') ??
    given.plain.find((w) => w.kind === 'text' && w.text.length > 40)
  if (source) tellApisIn(command, shownOf(source))
  const path = given.get('path') ?? given.get('literalpath')
  if (path) command.tell('load', shownOf(path))
  return object('type')
}

const writes: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const path = shownOf(
    given.get('filepath') ??
      given.get('path') ??
      given.get('literalpath') ??
      given.plain[0],
  )
  tellFile(command, path, true)
  const value = given.get('value', 1) ?? command.input
  const language = languageOfName(path)
  if (language && value) command.script(value, language)
  return undefined
}

const reads: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const path = shownOf(given.get('path', 0))
  tellFile(command, path, false)
  return unknown(`content of ${path}`)
}

const eachOf: KnownCommand = (command) => {
  const items =
    command.input?.kind === 'text'
      ? [command.input]
      : (itemsOf(command.input) ?? (command.input ? [command.input] : []))
  // `ForEach-Object { first } { each } { last }`, or by name.
  const given = new Bound(command.words)
  const blocks = given.plain.filter((w) => w.kind === 'function')
  const fn = given.get('process') ?? (blocks.length > 1 ? blocks[1] : blocks[0])
  if (fn?.kind !== 'function') return eachMember(command, given, items)
  const first =
    given.get('begin') ?? (blocks.length > 1 ? blocks[0] : undefined)
  if (first) command.run(first, undefined)
  const out: Value[] = []
  for (const item of items.slice(0, 50_000)) {
    if (command.budget.spent) break
    const made = command.run(fn, item)
    for (const one of made.kind === 'list' ? made.items : [made]) out.push(one)
  }
  return list(out, viaOf(out))
}

/** `ForEach-Object Name`, `ForEach-Object Method arguments`. */
function eachMember(
  command: Command,
  given: Bound,
  items: readonly Value[],
): Value | undefined {
  const [name, ...args] = given.plain
  if (name?.kind !== 'text') return command.input
  for (const item of items.slice(0, 50_000)) {
    if (command.budget.spent) break
    if (item.kind === 'object')
      command.call(`${item.type}.${name.text.toLowerCase()}`, args)
  }
  return command.input
}

const passes: KnownCommand = (command) => {
  for (const word of command.words)
    if (word.kind === 'function') command.invoke(word, [])
  return command.words.length && !command.input
    ? command.words.length === 1
      ? command.words[0]
      : list([...command.words])
    : command.input
}

const importModule: KnownCommand = (command) => {
  const name = shownOf(new Bound(command.words).get('name', 0))
  if (/[\\/]|\.(?:psm1|dll|ps1)$|^\{/.test(name)) command.tell('load', name)
  return undefined
}

const install =
  (what: string): KnownCommand =>
  (command) => {
    const given = new Bound(command.words)
    const name = shownOf(
      given.get('taskname') ?? given.get('name') ?? given.plain[0],
    )
    command.tell('install', `${what} ${name}`)
    const path = given.get('binarypathname')
    if (path) command.commandLine(path)
    return undefined
  }

const alias: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const name = shownOf(given.get('name', 0)).toLowerCase()
  const value = given.get('value', 1)
  if (name && value)
    command.define(`alias:${name}`, text(shownOf(value), value.via))
  return undefined
}

const setVariable: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const name = shownOf(given.get('name', 0)).toLowerCase()
  const value = given.get('value', 1)
  if (name && value) command.define(`$${name}`, value)
  return value
}

const getVariable: KnownCommand = (command) => {
  const pattern = shownOf(new Bound(command.words).get('name', 0)).toLowerCase()
  // (Get-Variable '*mdr*').Name: the one variable that everybody has of this name.
  const known = [
    'MaximumDriveCount',
    'VerbosePreference',
    'ShellId',
    'PSHOME',
  ].find(named(pattern))
  if (!known) return unknown(pattern)
  const made = object('variable')
  made.entries.set('name', text(known, bitOf('environment')))
  return made
}

/** PowerShell's patterns: sets of letters are told as any letter. */
function named(pattern: string): (name: string) => boolean {
  const plain = pattern.replace(/\[[^\]]{1,64}\]/g, '?')
  return globTest(plain, { ignoreCase: true })
}

/** `Get-Command N*-O*`, `Get-Alias ie?`, `Get-Item alias:ie*`: the command that has the name. */
const getCommand: KnownCommand = (command) => {
  const given = new Bound(command.words)
  const asked = given.get('name') ?? given.get('path') ?? given.plain[0]
  return commandNamed(shownOf(asked), asked?.via ?? 0)
}

export function commandNamed(asked: string, via: number): Value | undefined {
  const pattern = asked.replace(/^(?:alias|function):[\\/]*/i, '')
  if (!pattern) return undefined
  const matches = named(pattern)
  const found = isGlob(pattern.replaceAll('[', '?'))
    ? Object.keys(cmdlets).find(matches)
    : pattern
  if (!found) return unknown(pattern)
  const hidden = found === pattern ? via : via | bitOf('slices')
  const name = text(found, hidden)
  const made = object('command', { data: name, via: hidden })
  for (const member of ['name', 'definition', 'value', 'resolvedcommandname'])
    made.entries.set(member, name)
  return made
}

/** Commands lie in drives of their own. */
const getItem: KnownCommand = (command) =>
  environmentItem(command) ??
  (command.words.some((w) => /^(?:alias|function):/i.test(shownOf(w)))
    ? getCommand(command)
    : external(command))

/** `env:ComSpec`: what everybody's is. */
function environmentItem(command: Command): Value | undefined {
  for (const word of command.words) {
    const name = /^env:[\\/]*(\w{1,64})$/i.exec(shownOf(word))?.[1]
    const held = name === undefined ? undefined : environmentOf(name)
    if (held === undefined) continue
    const made = object('variable')
    made.entries.set('name', text(name!))
    made.entries.set('value', text(held, bitOf('environment')))
    return made
  }
  return undefined
}

const saysNothing: KnownCommand = () => undefined

const joinsPath: KnownCommand = (command) =>
  text(
    command.words
      .filter((w) => w.kind !== 'text' || !/^-\w+$/.test(w.text))
      .map(shownOf)
      .join('\\'),
  )

const toBase = (command: Command): Value | undefined => command.words[0]

const external: KnownCommand = (command) => {
  for (const word of command.words)
    if (word.kind === 'function') command.invoke(word, [])
  const { first, program } = command
  // A variable that holds a script block or text that is not known; a path.
  if (first?.kind === 'unknown' || !program) return unknown(program)
  if (/[\\/]|\.(?:exe|bat|cmd|ps1|vbs|js|com|msi)$/i.test(program))
    tellStart(command)
  return unknown(program)
}

const cmdlets: Readonly<Record<string, KnownCommand>> = {
  'invoke-expression': evaluate,
  iex: evaluate,
  'new-object': newObject,
  'invoke-webrequest': webRequest,
  iwr: webRequest,
  'invoke-restmethod': webRequest,
  irm: webRequest,
  curl: webRequest,
  wget: webRequest,
  'start-bitstransfer': (command) => {
    const given = new Bound(command.words)
    command.tell('connect', shownOf(given.get('source', 0)))
    tellFile(command, shownOf(given.get('destination', 1)), true)
    return undefined
  },
  'start-process': startProcess,
  saps: startProcess,
  start: startProcess,
  'invoke-item': startProcess,
  ii: startProcess,
  'start-job': remote,
  sajb: remote,
  'invoke-command': remote,
  icm: remote,
  'enter-pssession': remote,
  'new-pssession': remote,
  'invoke-wmimethod': wmiMethod,
  'invoke-cimmethod': wmiMethod,
  iwmi: wmiMethod,
  'get-wmiobject': wmiGet,
  gwmi: wmiGet,
  'get-ciminstance': wmiGet,
  gcim: wmiGet,
  'register-wmievent': wmiGet,
  'set-wmiinstance': wmiGet,
  'set-item': setItem,
  si: setItem,
  'set-itemproperty': setItem,
  sp: setItem,
  'new-itemproperty': setItem,
  'set-executionpolicy': policy,
  'set-mppreference': defender,
  'add-mppreference': defender,
  'add-type': addType,
  'out-file': writes,
  'set-content': writes,
  'add-content': writes,
  sc: writes,
  ac: writes,
  'tee-object': writes,
  'export-csv': writes,
  'get-content': reads,
  gc: reads,
  cat: reads,
  type: reads,
  'foreach-object': eachOf,
  foreach: eachOf,
  '%': eachOf,
  'where-object': passes,
  where: passes,
  '?': passes,
  'write-output': passes,
  echo: passes,
  'out-null': passes,
  'out-string': passes,
  'select-object': passes,
  'measure-command': passes,
  'write-host': saysNothing,
  'import-module': importModule,
  ipmo: importModule,
  'register-scheduledtask': install('task'),
  'new-service': install('service'),
  'set-alias': alias,
  sal: alias,
  'new-alias': alias,
  nal: alias,
  'set-variable': setVariable,
  sv: setVariable,
  'new-variable': setVariable,
  'get-variable': getVariable,
  gv: getVariable,
  'convertto-securestring': toBase,
  'join-path': joinsPath,
  'get-command': getCommand,
  gcm: getCommand,
  'get-alias': getCommand,
  gal: getCommand,
  'get-item': getItem,
  gi: getItem,
  'get-childitem': getItem,
  gci: getItem,
  dir: getItem,
  ls: getItem,
}

/** What a screen may believe without reading: these tell nothing else, and what they give acts no further. */
const tells: ReadonlyMap<KnownCommand, readonly ActionKind[]> = new Map<
  KnownCommand,
  readonly ActionKind[]
>([
  [webRequest, ['connect', 'write', 'pipe_client']],
  [writes, ['write', 'pipe_client']],
  [reads, ['pipe_client']],
  [importModule, ['load']],
  [eachOf, []],
  [passes, []],
  [setVariable, []],
  [getVariable, []],
  [toBase, []],
  [joinsPath, []],
  [getCommand, []],
  [getItem, []],
  [saysNothing, []],
])

/** Names of commands that may tell one of these kinds; some name a command only where one may stand. */
export function commandsThatTell(
  kinds: ReadonlySet<ActionKind>,
): readonly string[] {
  return [
    ...Object.entries(cmdlets).flatMap(([name, known]) =>
      tells.get(known)?.every((kind) => !kinds.has(kind)) ? [] : [name],
    ),
    ...Object.keys(programs).filter((name) => !Object.hasOwn(cmdlets, name)),
  ]
}

export function powershellCommand(name: string): KnownCommand | undefined {
  if (Object.hasOwn(cmdlets, name)) return cmdlets[name]
  if (Object.hasOwn(programs, name)) return programs[name]
  return external
}
