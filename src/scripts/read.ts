// One script with all that is inside it -> its actions. Layers are opened one after the other; each knows where in the original it stands.
import type { Action, ActionKind, ScriptReading } from './action.ts'
import { Budget, maxScriptBytes, maxShownUnits } from './budget.ts'
import type { Mark } from './fold/call.ts'
import { decoded } from './fold/decode.ts'
import type { Findings } from './fold/call-facts.ts'
import type { Evaluator } from './fold/evaluate.ts'
import { isOpenShell, ofConnection, ofMemory, ofPipe } from './fold/flow.ts'
import type { Scope } from './fold/scope.ts'
import {
  bitOf,
  namesOf,
  text as textValue,
  textOf,
  unknown,
  type Value,
  withVia,
} from './fold/value.ts'
import { type Language, refined, tellLanguage } from './language.ts'
import { decodeEncoded, isEncoded } from './nested/encoded.ts'
import type { ScriptPart } from './nested/markup.ts'
import { runtimes } from './known/containers.ts'
import { dereferenced } from './nested/references.ts'
import { runLayer } from './run.ts'
import { Session } from './session.ts'
import { decodeSource, type SourceText, sourceOfText } from './source-text.ts'
import type { Span } from './syntax/node.ts'

export interface ReadOptions {
  /** Absent: the name, the first line or the syntax tells. */
  readonly language?: Language
  /** What the script is called. */
  readonly name?: string
}

/** undefined: nothing tells that it is a script. */
export function readScript(
  script: Buffer | string,
  options: ReadOptions = {},
): ScriptReading | undefined {
  const bytes =
    typeof script === 'string' ? Buffer.byteLength(script) : script.length
  const source = sourceOf(script)
  const language = options.language ?? tellLanguage(source.text, options.name)
  if (!language) return undefined
  const reading = new Reading(source, language)
  if (bytes > maxScriptBytes)
    reading.budget.limits.add(
      `over ${maxScriptBytes} bytes, the rest is not read`,
    )
  reading.layer(source.text, language, {
    depth: 0,
    via: 0,
    at: undefined,
    places: undefined,
  })
  return reading.result(language, bytes)
}

function sourceOf(script: Buffer | string): SourceText {
  if (typeof script === 'string')
    return sourceOfText(script.slice(0, maxScriptBytes))
  return decodeSource(script.subarray(0, maxScriptBytes))
}

/** Their programs start others by the rules of UNIX. */
const unixLike: ReadonlySet<Language> = new Set([
  'shell',
  'python',
  'perl',
  'ruby',
  'php',
  'lua',
  'javascript',
  'jxa',
  'applescript',
])

const families: readonly ReadonlySet<Language>[] = [
  new Set<Language>(['jscript', 'javascript', 'jxa']),
  new Set<Language>(['vbscript', 'vba']),
]

/** They share names. */
function isSameFamily(a: Language, b: Language): boolean {
  return a === b || families.some((f) => f.has(a) && f.has(b))
}

interface Layer {
  readonly depth: number
  readonly via: number
  /** Where its statement stands in the original; undefined: it is the original, or a part of it as it stands. */
  readonly at: Span | undefined
  /** Of its units in the original, where it is decoded unit by unit. */
  readonly places: Uint32Array | undefined
  /** Of its beginning in the original. */
  readonly shift?: number
  /** Other scripts of its page. */
  readonly neighbours?: Evaluator[]
  /** Names of where it is run. */
  readonly scope?: Scope | undefined
  /** The procedure that it is reached from. */
  readonly entry?: string | undefined
}

interface Found {
  readonly kind: ActionKind
  readonly target: string
  readonly at: Span
  readonly host: string | undefined
  readonly language: Language
  readonly depth: number
  readonly via: number
  readonly text: string
  readonly entry: string | undefined
}

/** What a shell can be given to, the farther away the earlier. */
const connecting: readonly ReadonlySet<ActionKind>[] = [
  new Set<ActionKind>(['connect', 'listen']),
  new Set<ActionKind>([
    'socket_client',
    'socket_server',
    'pipe_client',
    'pipe_server',
  ]),
]

const isSpoken: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'connect',
  'socket_client',
  'pipe_client',
])

/** What is fetched is no end of a shell. */
const isPage = /^(?:https?|ftps?|wss?):/i

/** Named pipes of UNIX. */
const fifos: ReadonlySet<ActionKind> = new Set(['fifo'])

const pipes: ReadonlySet<ActionKind> = new Set(['pipe_client', 'pipe_server'])

/** A line that begins so is for cmd.exe, whoever starts it. */
const programOfWindows =
  /^\s*"?(?:[a-z]:\\[^"\n]{0,200}\\)?(?:cmd|powershell|mshta|rundll32|regsvr32|wscript|cscript|wmic|schtasks|bitsadmin|[\w.-]{1,60}\.exe)(?:\.exe)?"?(?=\s|$)/i

const ofWindows: ReadonlySet<ActionKind> = new Set(['com', 'wmi', 'registry'])

const memories: ReadonlySet<ActionKind> = new Set(['shared_memory'])

/** Files that one script carries. */
const maxFiles = 32

class Reading {
  readonly budget: Budget
  readonly #source: SourceText
  readonly #session: Session
  readonly #found = new Map<string, Found>()
  /** Scripts inside, with what each came to. */
  readonly #seen = new Map<string, Value>()
  readonly #marks = new Map<Mark, Span>()
  readonly #files: Buffer[] = []

  constructor(source: SourceText, language: Language) {
    this.#source = source
    this.#session = new Session(textValue(source.text))
    this.budget = new Budget(language)
  }

  layer(text: string, language: Language, layer: Layer): Value | undefined {
    if (isEncoded(text) && layer.places === undefined) {
      const plain = decodeEncoded(text)
      const via = layer.via | bitOf('encoded script')
      const { places } = plain
      for (const trouble of plain.troubles) this.budget.limits.add(trouble)
      return this.layer(plain.text, language, { ...layer, via, places })
    }
    const own = refined(language, text)
    const findings = this.#findings(text, own, layer)
    return runLayer({
      text,
      language: own,
      budget: this.budget,
      findings,
      session: this.#session,
      ...(layer.neighbours && { neighbours: layer.neighbours }),
      ...(layer.scope && { scope: layer.scope }),
      part: (script, neighbours) =>
        this.#part(text, script, { ...layer, neighbours }),
    })
  }

  /** A part of this layer in another language, as it stands. */
  #part(
    text: string,
    { span: { start, end }, language, refers }: ScriptPart,
    layer: Layer,
  ): void {
    if (!this.budget.nested(layer.depth + 1)) return
    const written = text.slice(start, end)
    const plain = refers ? dereferenced(written) : undefined
    const own = layer.places?.subarray(start, end)
    const shift = (layer.shift ?? 0) + start
    const placed = own ? { places: own } : { places: undefined, shift }
    if (!plain) {
      this.layer(written, language, { ...layer, ...placed })
      return
    }
    const places = plain.places.map((p) => (own ? own[p]! : shift + p))
    const via = layer.via | plain.via
    this.layer(plain.text, language, { ...layer, places, via })
  }

  #findings(text: string, language: Language, layer: Layer): Findings {
    const { depth } = layer
    let { entry } = layer
    const around = () => ({ ...layer, entry, scope: undefined })
    return {
      entry: (name) => {
        entry = name ?? layer.entry
      },
      action: (kind, target, span, via, host) => {
        const at = place(layer, span)
        const shown = oneStatement(text.slice(span.start, span.end))
        this.#add({
          kind,
          target,
          at,
          host,
          language,
          depth,
          via: via | layer.via,
          text: shown,
          entry,
        })
      },
      script: (value, inner, span) => {
        const at = place(layer, span)
        const { via } = value
        const own = { host: undefined, language, depth, text: '', entry }
        this.#received({ ...own, at, via })
        this.#nest(value, inner ?? language, at, around())
      },
      evaluated: (value, inner, span, scope) => {
        const own = isSameFamily(inner, language)
          ? { ...around(), scope }
          : around()
        return this.#nest(value, inner, place(layer, span), own) ?? unknown()
      },
      commandLine: (line, via, span) => {
        // What is started directly is read as the shell of its world would read it.
        const isUnix =
          unixLike.has(language) &&
          !this.#isWindows &&
          !programOfWindows.test(line)
        const shell = isUnix ? 'shell' : 'batch'
        this.#open(line, shell, via, place(layer, span), around())
      },
      file: (bytes) => this.#file(bytes),
      mark: (mark, span) => this.#mark(mark, place(layer, span)),
    }
  }

  #nest(
    value: Value,
    language: Language,
    at: Span,
    layer: Layer,
  ): Value | undefined {
    const plain = value.kind === 'bytes' ? decoded(value) : value
    const text = textOf(plain)
    return text === undefined
      ? undefined
      : this.#open(text, language, value.via, at, layer)
  }

  #open(
    text: string,
    language: Language,
    ownVia: number,
    at: Span,
    { depth, entry, scope, via: outer }: Layer,
  ): Value | undefined {
    const key = `${language}\0${text}`
    const known = this.#seen.get(key)
    if (known || !text.trim()) return known
    if (!this.budget.nested(depth + 1) || !this.budget.make(text.length))
      return undefined
    this.#seen.set(key, unknown())
    const via = ownVia | outer
    const places = undefined
    const inner: Layer = { depth: depth + 1, via, at, places, entry, scope }
    const made = this.layer(text, language, inner)
    const result = made && withVia(made, made.via | ownVia)
    if (result) this.#seen.set(key, result)
    return result
  }

  #file(bytes: Buffer): void {
    if (this.#files.some((f) => f.equals(bytes))) return
    if (this.#files.length < maxFiles) this.#files.push(bytes)
    else this.budget.limits.add(`over ${maxFiles} files in it, not opened`)
  }

  #add(found: Found): void {
    const target = found.target.slice(0, maxShownUnits)
    if (!target.trim()) return
    const { kind, host, at } = found
    const key = `${kind}\0${target}\0${host ?? ''}`
    const known = this.#found.get(key)
    // The same on a later place is said once; what was hidden somewhere says so.
    if (known) return
    if (!this.budget.action()) return
    this.#found.set(key, { ...found, target, at })
    // A program whose name came from elsewhere, and text that is run.
    if (kind === 'load' && !(found.via & ofConnection)) this.#received(found)
    if (kind === 'evaluate' || (kind === 'start' && target.startsWith('{')))
      this.#received(found)
  }

  /** Who writes into a pipe or a socket says what is run. */
  #received(found: Omit<Found, 'kind' | 'target'>): void {
    if (found.via & ofConnection) this.#mark('shell', found.at)
    const pipe = found.via & ofPipe ? this.#pipeMeant(found.at) : undefined
    if (found.via & ofPipe)
      this.#commandsFrom(pipe ?? this.#firstOf(fifos), found)
    if (found.via & ofMemory) {
      const target = this.#firstOf(memories)?.target ?? '{?}'
      this.#add({ ...found, kind: 'memory_commands', target })
    }
  }

  #commandsFrom(
    pipe: Found | undefined,
    found: Omit<Found, 'kind' | 'target'>,
  ): void {
    const target = pipe?.target ?? '{?}'
    this.#add({ ...found, kind: 'pipe_commands', target, host: pipe?.host })
  }

  /** The only one, or the one that the same statement opens; else nobody knows. */
  #pipeMeant({ start, end }: Span): Found | undefined {
    const all = [...this.#found.values()].filter((f) => pipes.has(f.kind))
    const names = new Set(all.map((f) => `${f.target}\0${f.host ?? ''}`))
    if (names.size < 2) return all[0]
    const here = all.filter((f) => f.at.start >= start && f.at.end <= end)
    return here.length === 1 ? here[0] : undefined
  }

  /** It makes objects that only Windows has. */
  get #isWindows(): boolean {
    return this.#firstOf(ofWindows) !== undefined
  }

  #firstOf(kinds: ReadonlySet<ActionKind>): Found | undefined {
    for (const found of this.#found.values())
      if (kinds.has(found.kind)) return found
    return undefined
  }

  #mark(mark: Mark, at: Span): void {
    if (!this.#marks.has(mark)) this.#marks.set(mark, at)
  }

  result(language: Language, bytes: number): ScriptReading {
    this.#together(language)
    this.#withoutRuntime()
    const actions = [...this.#found.values()].map((f) => this.#action(f))
    let via = 0
    for (const f of this.#found.values()) via |= f.via
    return {
      language,
      bytes,
      actions,
      obfuscation: namesOf(via),
      files: this.#files,
      limits: [...this.budget.limits],
    }
  }

  /** What several things make together: a shell whose ends are those of a connection. */
  #together(language: Language): void {
    const marks = this.#marks
    const read = marks.has('stream') ? this.#evaluatedUnknown : undefined
    const maybe = marks.has('connection')
      ? (marks.get('descriptors') ?? read)
      : undefined
    const at = marks.get('shell') ?? maybe ?? this.#fedShell()
    if (!at) return
    let via = 0
    for (const f of this.#found.values()) via |= f.via
    const address = this.#addressBefore(at)
    const place = { at, language, depth: 0, via, text: '', entry: undefined }
    const host = address?.host
    if (address && pipes.has(address.kind))
      this.#commandsFrom(address, { ...place, host })
    else {
      const target = address?.target ?? '{?}'
      this.#add({ ...place, kind: 'network_shell', target, host })
    }
  }

  /** What looks like a request is none where nobody is there to be asked. */
  #withoutRuntime(): void {
    const all = [...this.#found]
    if (all.some(([, f]) => isSpoken.has(f.kind) && runtimes.test(f.target)))
      return
    for (const [key, f] of all)
      if (f.kind === 'container_request') this.#found.delete(key)
  }

  get #evaluatedUnknown(): Span | undefined {
    return [...this.#found.values()].find(
      (f) => f.kind === 'evaluate' && f.target.startsWith('{'),
    )?.at
  }

  /** What was connected to last before a place; else what is connected to at all. */
  #addressBefore({ end }: Span): Found | undefined {
    const all = [...this.#found.values()]
    for (const kinds of connecting) {
      const own = all.filter((f) => kinds.has(f.kind) && !isPage.test(f.target))
      const one = own.findLast((f) => f.at.start < end) ?? own[0]
      if (one) return one
    }
    return undefined
  }

  /** Where a shell is started whose input the script writes. */
  #fedShell(): Span | undefined {
    if (!this.#marks.has('redirected') || !this.#hasEnd) return undefined
    return [...this.#found.values()].find(
      (f) => f.kind === 'start' && isOpenShell(f.target),
    )?.at
  }

  /** Something is there that somebody else is at the other end of. */
  get #hasEnd(): boolean {
    return this.#marks.has('connection') || this.#firstOf(pipes) !== undefined
  }

  #action(found: Found): Action {
    const { at, host, via, text, entry, ...rest } = found
    const offset = this.#source.offsetOf(at.start)
    const length = Math.max(0, this.#source.offsetOf(at.end) - offset)
    const source = this.#source.text.slice(
      at.start,
      Math.min(at.end, at.start + maxShownUnits),
    )
    return {
      ...rest,
      text: (text || source).slice(0, maxShownUnits),
      source,
      offset,
      length,
      obfuscation: namesOf(via),
      ...(host !== undefined && { host }),
      ...(entry !== undefined && { entry }),
    }
  }
}

function place(layer: Layer, { start, end }: Span): Span {
  if (layer.at) return layer.at
  const { places, shift = 0 } = layer
  if (!places) return { start: start + shift, end: end + shift }
  const last = places.length - 1
  if (last < 0) return { start: 0, end: 0 }
  return {
    start: places[Math.min(start, last)]!,
    end: places[Math.min(Math.max(start, end - 1), last)]! + 1,
  }
}

function oneStatement(text: string): string {
  return text.trim().slice(0, maxShownUnits)
}
