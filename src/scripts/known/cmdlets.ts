// Cmdlets of PowerShell: what each makes, starts, fetches, writes or sets.
import { globTest, isGlob } from '../../base/glob.ts'
import type { ActionKind } from '../action.ts'
import type { Command, KnownCommand } from '../fold/call.ts'
import { flowOf, ofPipe } from '../fold/flow.ts'
import { isTrue } from '../fold/operate.ts'
import { joinList } from '../fold/functions/text.ts'
import {
  entriesOf,
  bitOf,
  concat,
  itemsOf,
  list,
  type ListValue,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { tellApisIn } from './apis.ts'
import { Bound, parameters } from './bound.ts'
import { comObject } from './com.ts'
import { pipeOf, tellFile } from './places.ts'
import { programs } from './programs/index.ts'
import { runFile } from './programs/written.ts'
import { tellStart } from './programs/told.ts'
import { tellRegistry } from './settings.ts'
import { fromJson, fromLines } from './tables.ts'
import { hostNamed, wmiCmdlets } from './wmi-cmdlets.ts'

const evaluated = parameters('command*')

const evaluate: KnownCommand = (command) => {
  const given = new Bound(command.words, evaluated)
  const code = given.get('command') ?? command.input
  if (!code) return undefined
  if (code.kind === 'function') return command.invoke(code, [])
  command.tell('evaluate', shownOf(code))
  return command.evaluate(code, 'powershell')
}

const objects = parameters(
  'typename* comobject argumentlist|args* property strict!',
)

const newObject: KnownCommand = (command) => {
  const given = new Bound(command.words, objects)
  const com = given.get('comobject')
  if (com) return comObject(command, com)
  const type = given
    .shown('typename')
    .toLowerCase()
    .replace(/^system\./, '')
  const args = given.get('argumentlist')
  const made = command.call(
    `${type}.new`,
    args
      ? args.kind === 'list' && type !== 'io.memorystream'
        ? args.items
        : [unwrapped(args)]
      : [],
  )
  const whole = made.kind === 'unknown' ? object(type) : made
  setProperties(command, whole, given.get('property'))
  return whole
}

/** `-Property @{…}`: each as it is set one by one. */
function setProperties(
  command: Command,
  of: Value,
  properties: Value | undefined,
): void {
  if (of.kind !== 'object' || properties?.kind !== 'object') return
  for (const [written, value] of entriesOf(properties)) {
    const name = written.toLowerCase()
    of.entries.set(name, value)
    command.call(`.${name}=`, [value])
  }
}

/** `(,$bytes)`: the one item that is meant. */
function unwrapped(value: Value): Value {
  return value.kind === 'list' && value.items.length === 1
    ? value.items[0]!
    : value
}

const requests = parameters(
  'uri* outfile|o method|x headers|h body|d usebasicparsing! contenttype useragent|a websession sessionvariable|sv credential usedefaultcredentials! proxy timeoutsec infile passthru! maximumredirection disablekeepalive! certificatethumbprint certificate transferencoding',
)

const webRequest: KnownCommand = (command) => {
  const given = new Bound(command.words, requests)
  const url = given.shown('uri')
  if (url) command.tell('connect', url)
  const out = given.get('outfile')
  if (out) tellFile(command, shownOf(out), true)
  return unknown(`downloaded ${url}`)
}

const processes = parameters(
  'filepath|pspath|path* argumentlist|args* credential|runas workingdirectory loaduserprofile|lup! nonewwindow|nnw! passthru! redirectstandarderror|rse redirectstandardinput|rsi redirectstandardoutput|rso verb windowstyle wait! usenewenvironment! environment',
)

const startProcess: KnownCommand = (command) => {
  const given = new Bound(command.words, processes)
  const program = given.get('filepath') ?? command.input
  const args = given.get('argumentlist')
  if (program)
    command.commandLine(
      args
        ? list([program, ...(args.kind === 'list' ? args.items : [args])])
        : program,
    )
  return undefined
}

const remotes = parameters(
  'scriptblock|command* computername|cn hostname session argumentlist|args filepath|pspath name credential port usessl! configurationname applicationname throttlelimit connectionuri|uri|cu indisconnectedsession|disconnected! sessionname hidecomputername|hcn! jobname asjob! nonewscope! allowredirection! inputobject sessionoption authentication enablenetworkaccess! vmid|vmguid vmname containerid username keyfilepath|identityfilepath remotedebug! runasadministrator! initializationscript runas32! psversion',
)
const sessions = parameters(
  'computername|cn* hostname session credential name port usessl! configurationname applicationname throttlelimit connectionuri|uri|cu sessionoption authentication certificatethumbprint enablenetworkaccess! vmid|vmguid vmname containerid username keyfilepath|identityfilepath',
)

/** `Invoke-Command host { … }`: by place the host comes first, where there is one. */
const remote: KnownCommand = (command) => {
  const given = new Bound(command.words, remotes)
  const plain = given.plain.find((w) => w.kind !== 'function')
  const block =
    command.words.find((w) => w.kind === 'function') ?? given.get('scriptblock')
  const named =
    given.get('computername') ??
    given.get('hostname') ??
    given.get('session') ??
    (block && plain !== block ? plain : undefined)
  const host = hostNamed(named)
  if (host)
    command.tell('start', `${command.program} ${shownOf(block)}`, { host })
  if (block?.kind === 'text' || block?.kind === 'unknown') {
    command.tell('evaluate', shownOf(block))
    return command.evaluate(block, 'powershell')
  }
  const args = given.get('argumentlist')
  return command.invoke(
    block,
    args ? (args.kind === 'list' ? args.items : [args]) : [],
  )
}

/** `New-PSSession host`: who uses it reaches the host. */
const remoteSession: KnownCommand = (command) => {
  const given = new Bound(command.words, sessions)
  const host = hostNamed(given.get('computername') ?? given.get('hostname'))
  if (!host) return object('session')
  command.tell('start', command.program, { host })
  return object('session', { host })
}

const itemParts =
  'literalpath|pspath|lp filter include exclude credential force! passthru! type|itemtype|propertytype options'
const items = parameters(`path* value* ${itemParts}`)
const itemProperties = parameters(`path* name|psproperty* value* ${itemParts}`)

/** `Set-Item variable:x`, `env:x`: drives of names. */
const setItem: KnownCommand = (command) => {
  const given = new Bound(command.words, items)
  const path = given.shown('path') || given.shown('literalpath')
  const value = given.get('value')
  setNamed(command, path, value)
  if (/^(?:hk|registry::)/i.test(path))
    tellRegistry(command, path, shownOf(value))
  return undefined
}

const inDrive = /^(variable|env|alias):[\\/]*([\w.-]{1,128})$/i

function setNamed(
  command: Command,
  path: string,
  value: Value | undefined,
): void {
  const [, drive, name] = inDrive.exec(path) ?? []
  if (drive && name && value)
    command.define(nameInDrive(drive.toLowerCase(), name.toLowerCase()), value)
}

function nameInDrive(drive: string, name: string): string {
  if (drive === 'alias') return `alias:${name}`
  return drive === 'env' ? `$env:${name}` : `$${name}`
}

const newItems = parameters(`path* name value itemtype|type ${itemParts}`)

/** `New-Item env:x`, `New-Item x.ps1 -Value …`: a name, or a file. */
const newItem: KnownCommand = (command) => {
  const given = new Bound(command.words, newItems)
  const value = given.get('value')
  const path = [given.shown('path'), given.shown('name')]
    .filter(Boolean)
    .join(given.shown('path').endsWith(':') ? '' : '\\')
  if (inDrive.test(path)) {
    setNamed(command, path, value)
    return undefined
  }
  if (!value || /^hk|^registry::/i.test(path)) return undefined
  tellFile(command, path, true)
  keepFile(command, path, value, false)
  return undefined
}

const setItemProperty: KnownCommand = (command) => {
  const given = new Bound(command.words, itemProperties)
  const path = given.shown('path') || given.shown('literalpath')
  const name = given.shown('name')
  const value = given.get('value')
  if (/^(?:hk|registry::)/i.test(path))
    tellRegistry(
      command,
      [path, name].filter(Boolean).join('\\'),
      shownOf(value),
    )
  return undefined
}

const policies = parameters('executionpolicy* scope* force!')

const policy: KnownCommand = (command) => {
  const given = new Bound(command.words, policies)
  const wanted = given.shown('executionpolicy')
  const scope = given.shown('scope')
  if (/^(bypass|unrestricted)$/i.test(wanted))
    command.tell(
      'disable',
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
    command.tell('disable', 'antivirus')
  return undefined
}

const types = parameters(
  'typedefinition* memberdefinition name namespace|ns usingnamespace|using path literalpath|pspath|lp assemblyname|an language referencedassemblies|ra outputassembly|oa outputtype|ot passthru! ignorewarnings! codedomprovider|provider compilerparameters|cp',
)

const addType: KnownCommand = (command) => {
  const given = new Bound(command.words, types)
  const source =
    given.get('typedefinition') ??
    given.get('memberdefinition') ??
    given.plain.find((w) => w.kind === 'text' && w.text.length > 40)
  if (source) tellApisIn(command, shownOf(source))
  const path = given.get('path') ?? given.get('literalpath')
  if (path) command.tell('load', shownOf(path))
  return object('type')
}

const outputs = parameters(
  'filepath|path* literalpath|pspath|lp value* encoding append! force! noclobber!|nooverwrite width nonewline! inputobject passthru! stream filter include exclude credential asbytestream! notypeinformation|nti! delimiter variable',
)

const writes: KnownCommand = (command) => {
  const given = new Bound(command.words, outputs)
  const path = given.shown('filepath') || given.shown('literalpath')
  tellFile(command, path, true)
  const value = given.get('value') ?? given.get('inputobject') ?? command.input
  const added = given.has('append') || /^(?:add-content|ac)$/.test(command.name)
  keepFile(command, path, value, added)
  const language = languageOfName(path)
  if (language && value) command.script(value, language)
  return undefined
}

/** Lines of a list are lines of the file. */
function keepFile(
  command: Command,
  path: string,
  value: Value | undefined,
  added: boolean,
): void {
  const content =
    value?.kind === 'list' ? joinList(value, '\r\n', command.budget) : value
  const before = added ? command.session.file(path) : undefined
  const whole =
    before && content ? concat([before, content], command.budget) : content
  command.session.write(path, whole?.kind === 'unknown' ? undefined : whole)
}

const inputs = parameters(
  'path* literalpath|pspath|lp readcount totalcount|first|head tail|last delimiter wait! raw! encoding stream asbytestream! filter include exclude credential force!',
)

const reads: KnownCommand = (command) => {
  const given = new Bound(command.words, inputs)
  const path = given.shown('path') || given.shown('literalpath')
  tellFile(command, path, false)
  const via = pipeOf(path) ? ofPipe : 0
  const content = command.session.file(path)
  const lines = content && textOf(content)
  if (lines === undefined || !command.budget.make(lines.length))
    return content ?? unknown(`content of ${path}`, via)
  if (given.has('raw')) return content
  return list(
    lines.split(/\r?\n/).map((line) => text(line, content!.via)),
    content!.via,
  )
}

const blocksOfEach = parameters(
  'process begin end remainingscripts membername argumentlist|args inputobject parallel throttlelimit timeoutseconds asjob!',
)

const eachOf: KnownCommand = (command) => {
  const items =
    command.input?.kind === 'text'
      ? [command.input]
      : (itemsOf(command.input) ?? (command.input ? [command.input] : []))
  // `ForEach-Object { first } { each } { last }`, or by name.
  const given = new Bound(command.words, blocksOfEach)
  const blocks = given.plain.filter((w) => w.kind === 'function')
  const fn = given.get('process') ?? (blocks.length > 1 ? blocks[1] : blocks[0])
  if (fn?.kind !== 'function') return eachMember(command, given, items)
  const isApart = blocks.length > 1
  const first = given.get('begin') ?? (isApart ? blocks[0] : undefined)
  const last = given.get('end') ?? (isApart ? blocks[2] : undefined)
  const out: Value[] = []
  if (first) gives(command, first, undefined, out)
  for (const item of items.slice(0, 50_000)) {
    if (command.budget.spent) break
    gives(command, fn, item, out)
  }
  if (last) gives(command, last, undefined, out)
  return piped(out, viaOf(out))
}

/** What the statements of a block give: not what is set or defined. */
function gives(
  command: Command,
  block: Value,
  topic: Value | undefined,
  out: Value[],
): void {
  const made = command.run(block, topic)
  const last = block.kind === 'function' ? block.body.at(-1)?.kind : undefined
  if (last !== 'assign' && last !== 'define') addTo(out, made)
}

function addTo(out: Value[], made: Value): void {
  for (const one of made.kind === 'list' ? made.items : [made]) out.push(one)
}

/** What comes out of a pipe: one is no list. */
function piped(items: Value[], via: number): Value {
  return items.length === 1 ? items[0]! : list(items, via)
}

/** `ForEach-Object Name`, `ForEach-Object Method arguments`. */
function eachMember(
  command: Command,
  given: Bound,
  items: readonly Value[],
): Value | undefined {
  const name = given.get('membername') ?? given.plain[0]
  const args = given.plain.slice(given.has('membername') ? 0 : 1)
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

/** Those for which the block may hold. */
const filters: KnownCommand = (command) => {
  const block = command.words.find((w) => w.kind === 'function')
  const { input } = command
  if (!block || input?.kind !== 'list') return passes(command)
  const kept: Value[] = []
  for (const item of input.items.slice(0, 50_000)) {
    if (command.budget.spent) break
    if (isTrue(command.run(block, item)) !== false) kept.push(item)
  }
  return piped(kept, input.via)
}

/** A list is text again, a line an item. */
const joinsLines: KnownCommand = (command) => {
  const { input } = command
  return input?.kind === 'list'
    ? (joinList(input, '\r\n', command.budget) ?? input)
    : passes(command)
}

const selections = parameters(
  'property* first last skip skiplast index unique! expandproperty excludeproperty wait! inputobject',
)

/** Some of what comes through the pipe, by their places; else all of it. */
const selects: KnownCommand = (command) => {
  const given = new Bound(command.words, selections)
  const { input } = command
  if (input?.kind !== 'list') return passes(command)
  const count = (name: string) => numberOf(given.get(name))
  const from = count('skip') ?? 0
  const first = count('first')
  const last = count('last')
  if (given.has('unique')) return uniqueOf(input)
  let { items } = input
  const index = given.get('index')
  if (index)
    items = (itemsOf(index) ?? [index]).flatMap(
      (i) => input.items[numberOf(i) ?? -1] ?? [],
    )
  else if (last !== undefined)
    items = items
      .slice(0, items.length - from)
      .slice(last ? -last : items.length)
  else {
    items = items.slice(from, first === undefined ? undefined : from + first)
    items = items.slice(0, items.length - (count('skiplast') ?? 0))
  }
  return piped([...items], input.via)
}

/** The first of those that are the same, with case. */
function uniqueOf(input: ListValue): Value | undefined {
  const all = input.items.map((item) =>
    item.kind === 'text' || item.kind === 'number' ? textOf(item) : undefined,
  )
  if (all.includes(undefined)) return undefined
  const items = input.items.filter((_, i) => all.indexOf(all[i]) === i)
  return piped(items, input.via)
}

const modules = parameters(
  'name* force! global! passthru! prefix scope assembly disablenamechecking! noclobber! argumentlist|args function cmdlet variable alias minimumversion requiredversion',
)

const importModule: KnownCommand = (command) => {
  const name = new Bound(command.words, modules).shown('name')
  if (/[\\/]|\.(?:psm1|dll|ps1)$|^\{/.test(name)) command.tell('load', name)
  return undefined
}

const installs = parameters(
  'taskname|name* binarypathname|path* action trigger principal settings xml taskpath user password runlevel description displayname startuptype dependson credential cimsession inputobject force!',
)

const install =
  (what: string): KnownCommand =>
  (command) => {
    const given = new Bound(command.words, installs)
    command.tell('install', `${what} ${given.shown('taskname')}`)
    if (what === 'service' && given.has('binarypathname'))
      command.commandLine(given.get('binarypathname'))
    return undefined
  }

const taskActions = parameters('execute* argument* workingdirectory* id')

const taskAction: KnownCommand = (command) => {
  const given = new Bound(command.words, taskActions)
  const program = given.get('execute')
  const line = [given.shown('execute'), given.shown('argument')]
  if (program)
    command.commandLine(text(line.filter(Boolean).join(' '), program.via))
  return undefined
}

const namings = parameters(
  'name* value* valueonly! description option scope visibility force! passthru! include exclude',
)

const alias: KnownCommand = (command) => {
  const given = new Bound(command.words, namings)
  const name = given.shown('name').toLowerCase()
  const value = given.get('value')
  if (name && value)
    command.define(`alias:${name}`, text(shownOf(value), value.via))
  return undefined
}

const setVariable: KnownCommand = (command) => {
  const given = new Bound(command.words, namings)
  const name = given.shown('name').toLowerCase()
  const value = given.get('value')
  if (name && value) command.define(`$${name}`, value)
  return value
}

const getVariable: KnownCommand = (command) => {
  const given = new Bound(command.words, namings)
  const pattern = given.shown('name').toLowerCase()
  const own = command.get(`$${pattern}`)
  if (own) return variable(pattern, own, given.has('valueonly'))
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

function variable(name: string, value: Value, isBare: boolean): Value {
  if (isBare) return value
  const made = object('variable')
  made.entries.set('name', text(name))
  made.entries.set('value', value)
  return made
}

/** PowerShell's patterns: sets of letters are told as any letter. */
function named(pattern: string): (name: string) => boolean {
  const plain = pattern.replace(/\[[^\]]{1,64}\]/g, '?')
  return globTest(plain, { ignoreCase: true })
}

/** `Get-Command N*-O*`, `Get-Alias ie?`, `Get-Item alias:ie*`: the command that has the name. */
const commands = parameters(
  'name|path* commandtype|type module all! syntax! argumentlist|args listimported! verb noun totalcount definition scope',
)

const getCommand: KnownCommand = (command) => {
  const given = new Bound(command.words, commands)
  const asked = given.get('name') ?? given.get('definition')
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
  itemInDrive(command) ??
  (command.words.some((w) => /^(?:alias|function):/i.test(shownOf(w)))
    ? getCommand(command)
    : external(command))

/** `env:ComSpec`, `variable:x`: what is held there. */
function itemInDrive(command: Command): Value | undefined {
  for (const word of command.words) {
    const [, drive, name] =
      /^(env|variable):[\\/]*([\w.-]{1,64})$/i.exec(shownOf(word)) ?? []
    if (!drive || !name) continue
    const key = nameInDrive(drive.toLowerCase(), name.toLowerCase())
    const held = command.get(key)
    if (held) return variable(name, held, false)
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
  const flow = flowOf(viaOf([command.input, ...command.words]))
  if (first?.kind === 'unknown' || !program) return unknown(program, flow)
  if (/[\\/]|\.(?:exe|bat|cmd|ps1|vbs|js|com|msi)$/i.test(program))
    tellStart(command)
  runFile(command, program)
  return unknown(program, flow)
}

const transfers = parameters(
  'source* destination* transfertype credential asynchronous! authentication description displayname priority proxyusage',
)

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
    const given = new Bound(command.words, transfers)
    command.tell('connect', given.shown('source'))
    tellFile(command, given.shown('destination'), true)
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
  'enter-pssession': remoteSession,
  etsn: remoteSession,
  'new-pssession': remoteSession,
  nsn: remoteSession,
  ...wmiCmdlets,
  'set-item': setItem,
  si: setItem,
  'new-item': newItem,
  ni: newItem,
  'convertfrom-json': fromJson,
  'convertfrom-stringdata': fromLines,
  'set-itemproperty': setItemProperty,
  sp: setItemProperty,
  'new-itemproperty': setItemProperty,
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
  'where-object': filters,
  where: filters,
  '?': filters,
  'write-output': passes,
  echo: passes,
  'out-null': passes,
  'out-string': joinsLines,
  'select-object': selects,
  select: selects,
  'measure-command': passes,
  'write-host': saysNothing,
  'import-module': importModule,
  ipmo: importModule,
  'register-scheduledtask': install('task'),
  'new-service': install('service'),
  'new-scheduledtaskaction': taskAction,
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
  [filters, []],
  [fromJson, []],
  [fromLines, []],
  [selects, []],
  [joinsLines, []],
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
