// What a call means, language by language: which tables are asked, in which order.
import type { Call, Known, KnownCommand } from './fold/call.ts'
import type { Meaning } from './fold/folding.ts'
import type { Dialect } from './fold/dialects/dialect.ts'
import {
  exactSigns,
  pythonDialect,
  pythonNames,
  pythonOperators,
} from './fold/dialects/python.ts'
import { javascriptFunctions } from './fold/functions/javascript.ts'
import {
  javascriptDialect,
  javascriptOperators,
  javascriptUnary,
  jsTruth,
} from './fold/operators/javascript.ts'
import { vbDialect, vbOperators, vbUnary } from './fold/operators/vb.ts'
import {
  powershellDialect,
  powershellOperators,
  powershellUnary,
} from './fold/operators/powershell.ts'
import { jsonFunctions } from './fold/json.ts'
import { luaFunctions } from './fold/functions/lua.ts'
import {
  luaDialect,
  luaNames,
  luaOperators,
  luaUnary,
} from './fold/dialects/lua.ts'
import { perlDialect, perlOperators, perlUnary } from './fold/dialects/perl.ts'
import {
  phpDialect,
  phpNames,
  phpOperators,
  phpUnary,
} from './fold/dialects/php.ts'
import {
  rubyDialect,
  rubyNames as rubyTruths,
  rubyOperators,
  rubyUnary,
} from './fold/dialects/ruby.ts'
import { shellOperators, shellUnary } from './fold/dialects/shell.ts'
import { perlFunctions } from './fold/functions/perl.ts'
import { phpFunctions } from './fold/functions/php.ts'
import { rubyFunctions } from './fold/functions/ruby.ts'
import { powershellFunctions } from './fold/functions/powershell.ts'
import { pythonFunctions } from './fold/functions/python.ts'
import { pythonMethods } from './fold/functions/python-text.ts'
import { shellFunctions } from './fold/functions/shell.ts'
import { type Table, textMethods } from './fold/functions/text.ts'
import { vbFunctions, xlmFunctions } from './fold/functions/vb.ts'
import { object, text, textOf, type Value } from './fold/value.ts'
import { busCalls, busOther } from './known/buses.ts'
import { containerCalls, tellRequests } from './known/containers.ts'
import { cocoaOther, cocoaType, isCocoa } from './known/cocoa.ts'
import { applescriptCalls } from './known/applescript.ts'
import { batchCommand } from './known/batch.ts'
import { powershellCommand } from './known/cmdlets.ts'
import { comCalls } from './known/com.ts'
import { dotnetCalls, powershellNames } from './known/dotnet.ts'
import { isApi, tellApi } from './known/apis.ts'
import { luaCalls } from './known/lua.ts'
import { nodeCalls } from './known/node.ts'
import { pageCalls } from './known/pages.ts'
import { pythonCalls, pythonOther } from './known/python.ts'
import { shellCommand } from './known/shell.ts'
import { tellWords } from './known/settings.ts'
import { wmiAccelerator, wmiProperties } from './known/wmi.ts'
import { unoCalls } from './known/uno.ts'
import { macroEntries, vbCalls, vbNames, xlmCalls } from './known/vb.ts'
import { perlCalls, phpCalls, rubyCalls } from './known/web-scripts.ts'
import { browserCalls } from './known/browser.ts'
import type { Language } from './language.ts'

interface Parts {
  readonly tables: readonly Table[]
  readonly dialect?: Dialect
  /** Methods of texts and lists; absent: those that most languages have. */
  readonly methods?: Table
  readonly other?: (call: Call) => Value | undefined
  readonly caseless?: boolean
  readonly resultByName?: boolean
  readonly startsByItself?: RegExp
  readonly adds?: boolean
  readonly signs?: RegExp
  readonly ownName?: string
  readonly ownSign?: string
  readonly environmentSign?: string
  readonly namesParameters?: true
  readonly isGlobal?: Meaning['isGlobal']
  readonly lettersAreNumbers?: true
  readonly closures?: true
  readonly speaks?: true
  readonly listsAreTrue?: true
  readonly wraps?: true
  readonly operators?: Meaning['operators']
  readonly unary?: Meaning['unary']
  readonly placesFromFirst?: true
  readonly setsHere?: true
  readonly loopsGive?: true
  readonly textsChange?: true
  readonly names?: (name: string) => Value | undefined
  readonly commands?: (name: string) => KnownCommand | undefined
}

/** What a language says of itself, as far as it does. */
const flags = [
  'dialect',
  'caseless',
  'ownName',
  'ownSign',
  'environmentSign',
  'namesParameters',
  'isGlobal',
  'lettersAreNumbers',
  'closures',
  'speaks',
  'wraps',
  'listsAreTrue',
  'loopsGive',
  'textsChange',
  'resultByName',
  'operators',
  'unary',
  'placesFromFirst',
  'setsHere',
] as const

function flagsOf(parts: Parts): Partial<Meaning> {
  return Object.fromEntries(
    flags.flatMap((name) => (parts[name] ? [[name, parts[name]]] : [])),
  )
}

export function meaningOf(language: Language, parts: Parts): Meaning {
  const merged = new Map<string, Known>()
  const common = [
    parts.methods ?? textMethods,
    jsonFunctions,
    comCalls,
    busCalls,
    containerCalls,
    pageCalls,
  ]
  for (const table of [...common, ...parts.tables]) {
    for (const [path, known] of Object.entries(table)) merged.set(path, known)
  }
  const { other, adds, signs, names, commands, startsByItself } = parts
  const rest: Known = (call) =>
    isCocoa(call.path)
      ? cocoaOther(call)
      : busOther(call)
        ? undefined
        : (other ?? apiCall)(call)
  return {
    language,
    calls: (path) =>
      merged.get(path) ?? (mayBeOther(path, merged) ? rest : undefined),
    commands: commands ?? (() => undefined),
    isProperty: isProperty(language),
    names: names ?? (() => undefined),
    everyCall: (call) => {
      tellRequests(call)
      for (const arg of call.args) {
        if (arg.kind === 'text') tellWords(call, arg.text)
      }
    },
    ...flagsOf(parts),
    ...(startsByItself && { startsByItself }),
    ...(adds && { adds }),
    ...(signs && { signs }),
  }
}

/** Members of objects that are more than their name. */
const properties: ReadonlySet<string> = new Set([
  ...wmiProperties,
  'xml.element.nodetypedvalue',
  'process.env',
  'os.environ',
  'application.wordbasic',
  'ctypes.windll.kernel32',
  'ctypes.windll.advapi32',
  'multiprocessing.shared_memory',
  'adodb.stream.readtext',
  'adodb.stream.read',
  'textstream.readall',
  'scripting.dictionary.items',
  'scripting.dictionary.keys',
])

/** Members of anything that are what it is, or what of it can be called. */
const ofAnything = /\.(?:constructor|__dict__|psobject|psbase|methods|members)$/

/** What a language has for every object, to call one of its members. */
const isForwarded =
  /\.(?:send|public_send|__send__|method|then|call|apply|bind)$/

/** In Ruby and Perl a member is a call. */
function isProperty(language: Language): (path: string) => boolean {
  return language === 'ruby' || language === 'perl'
    ? (path) => !path.startsWith('.') || ofAnything.test(path)
    : (path) => properties.has(path) || ofAnything.test(path) || isCocoa(path)
}

/** Paths that no table can list: members of libraries and of buses. A method that any object may have is no function of the same name. */
function mayBeOther(path: string, known: ReadonlyMap<string, Known>): boolean {
  if (isForwarded.test(path)) return false
  if (/^(?:library|ctypes|dbus\.)/.test(path) || isCocoa(path)) return true
  const method = /.(\.\w+)$/.exec(path)?.[1]
  return isApi(path) && !(method && known.has(method))
}

const apiCall: Known = (call) => {
  tellApi(call, call.path, call.args)
  return undefined
}

const vb: Parts = {
  // `document.all.name` is what the page calls so.
  isGlobal: (of) => of.kind === 'unknown' && of.hint === 'document.all',
  operators: vbOperators,
  dialect: vbDialect,
  placesFromFirst: true,
  unary: vbUnary,
  tables: [vbFunctions, vbCalls],
  caseless: true,
  resultByName: true,
  ownName: 'me',
  names: vbNames,
}
/** `window.x` is `x`, and so is `this['x']`; the `this` of a function may be any object. */
const globals =
  /^(?:window|self|globalthis|global|top|parent|frames|document\.all)$/

const js: Parts = {
  operators: javascriptOperators,
  dialect: javascriptDialect,
  placesFromFirst: true,
  unary: javascriptUnary,
  names: (name) => {
    if (name === 'true' || name === 'false') return jsTruth(name === 'true')
    // GJS: `imports.gi.Gio`.
    const library = /^imports\.gi\.(\w{1,60})$/.exec(name)?.[1]
    return library ? object(`gi.repository.${library}`) : undefined
  },
  tables: [javascriptFunctions, nodeCalls, browserCalls],
  ownName: 'this',
  closures: true,
  listsAreTrue: true,
  wraps: true,
  isGlobal: (of, sure) =>
    of.kind === 'unknown' &&
    (globals.test(of.hint.toLowerCase()) || (of.hint === 'this' && sure)),
}

const wmiCast: Known = (call) =>
  wmiAccelerator(call, textOf(call.args[0]) ?? '', call.args[1]) ??
  powershellFunctions['[cast]']!(call)

const rubyNames = (name: string): Value | undefined =>
  name === 'ENV' ? object('env') : rubyTruths(name)

const parts: Readonly<Partial<Record<Language, Parts>>> = {
  vbscript: vb,
  vba: {
    ...vb,
    tables: [...vb.tables, unoCalls],
    startsByItself: macroEntries,
  },
  xlm: {
    tables: [vbFunctions, xlmFunctions, vbCalls, xlmCalls],
    caseless: true,
    names: vbNames,
  },
  jscript: js,
  javascript: js,
  jxa: { ...js, names: cocoaNames },
  python: {
    names: (name) =>
      name === '__builtins__' ? object('[names]') : pythonNames(name),
    dialect: pythonDialect,
    operators: pythonOperators,
    unary: exactSigns,
    methods: pythonMethods,
    tables: [pythonFunctions, pythonCalls, unoCalls],
    other: (call) => pythonOther(call) ?? apiCall(call),
    isGlobal: (of) =>
      of.kind === 'object' && /^(?:\[names\]|builtins)$/.test(of.type),
  },
  perl: {
    dialect: perlDialect,
    operators: perlOperators,
    unary: perlUnary,
    methods: {},
    tables: [perlFunctions, perlCalls],
    adds: true,
    signs: /^[$@%&]#?\{?\^?|\}$/g,
  },
  php: {
    dialect: phpDialect,
    operators: phpOperators,
    unary: phpUnary,
    names: phpNames,
    methods: {},
    tables: [phpFunctions, phpCalls],
    adds: true,
    textsChange: true,
    ownName: 'this',
    signs: /^[$\\]/,
  },
  lua: {
    dialect: luaDialect,
    operators: luaOperators,
    unary: luaUnary,
    names: luaNames,
    methods: {},
    tables: [luaFunctions, luaCalls],
  },
  batch: { tables: [], commands: batchCommand },
  applescript: {
    tables: [applescriptCalls],
    caseless: true,
    names: cocoaNames,
  },
  shell: {
    operators: shellOperators,
    speaks: true,
    unary: shellUnary,
    methods: {},
    tables: [shellFunctions],
    commands: shellCommand,
    names: shellNames,
  },
  powershell: {
    operators: powershellOperators,
    dialect: powershellDialect,
    unary: powershellUnary,
    tables: [powershellFunctions, dotnetCalls, { '[cast]': wmiCast }],
    caseless: true,
    names: powershellNames,
    commands: powershellCommand,
    ownName: '$this',
    environmentSign: '$env:',
    namesParameters: true,
    lettersAreNumbers: true,
    loopsGive: true,
    setsHere: true,
  },
  ruby: {
    dialect: rubyDialect,
    operators: rubyOperators,
    unary: rubyUnary,
    methods: {},
    tables: [rubyFunctions, rubyCalls],
    names: rubyNames,
    textsChange: true,
    ownName: 'self',
    ownSign: '@',
  },
}

function cocoaNames(name: string): Value | undefined {
  return name === '$' || name === cocoaType || name === 'objc.classes'
    ? object(cocoaType)
    : undefined
}

/** Variables that say more as a path. */
function shellNames(name: string): Value | undefined {
  return name === 'SHELL'
    ? text('/bin/bash')
    : name === 'IFS'
      ? text(' ')
      : undefined
}

const known = new Map<Language, Meaning>()

/** Of a language of expressions; undefined: it has a reader of its own. */
export function expressionMeaning(language: Language): Meaning | undefined {
  const own = Object.hasOwn(parts, language) ? parts[language] : undefined
  if (!own) return undefined
  let meaning = known.get(language)
  if (!meaning) known.set(language, (meaning = meaningOf(language, own)))
  return meaning
}
