// What a file of WMI's definitions (MOF) sets up when it is compiled: instances of classes, of which the consumers of events act.
// https://learn.microsoft.com/windows/win32/wmisdk/managed-object-format--mof-
import type { Budget } from '../budget.ts'
import type { Findings } from '../fold/call-facts.ts'
import { bitOf, shownOf, text as textValue, type Value } from '../fold/value.ts'
import { isOther } from '../known/places.ts'
import { putInstance } from '../known/wmi.ts'

interface DefinitionFile {
  readonly text: string
  readonly budget: Budget
  readonly findings: Findings
}

interface Token {
  readonly kind: 'text' | 'word' | 'sign'
  readonly value: string
  readonly start: number
  readonly end: number
}

/** Words and signs of one file. */
const maxTokens = 200_000
/** Properties of one instance. */
const maxProperties = 200

const tokenOf =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"((?:[^"\\]|\\[\s\S])*)"|([#$\w.-]+)|[{}()=;,:[\]]/g

function* tokensOf(source: string): Generator<Token> {
  let n = 0
  for (const found of source.matchAll(tokenOf)) {
    if (n++ > maxTokens) return
    const [all, quoted, word] = found
    if (/^\/[/*]/.test(all)) continue
    const start = found.index
    const end = start + all.length
    if (quoted !== undefined)
      yield { kind: 'text', value: unescaped(quoted), start, end }
    else yield { kind: word ? 'word' : 'sign', value: word ?? all, start, end }
  }
}

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unescaped(quoted: string): string {
  return quoted.replace(/\\(?:x([0-9a-f]{1,4})|([\s\S]))/gi, (_, hex, c) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (letters[c] ?? c),
  )
}

export function runDefinitionFile({ text, budget, findings }: DefinitionFile) {
  const tokens = [...tokensOf(text)]
  let host: string | undefined
  for (let at = 0; at < tokens.length && budget.step(); at++) {
    const word = tokens[at]!.value.toLowerCase()
    if (word === '#pragma') {
      const named = namespaceIn(tokens, at)
      if (named) host = /^\\\\([^\\]{1,255})\\/.exec(named)?.[1]
    }
    if (word !== 'instance' || tokens[at + 1]?.value.toLowerCase() !== 'of')
      continue
    const made = instanceAt(tokens, at + 2)
    at = made.next - 1
    put(made, isOther(host) ? host : undefined, findings)
  }
}

/** `#pragma namespace("…")`. */
function namespaceIn(tokens: readonly Token[], at: number): string | undefined {
  return tokens[at + 1]?.value.toLowerCase() === 'namespace'
    ? tokens.slice(at + 2, at + 5).find((t) => t.kind === 'text')?.value
    : undefined
}

interface Instance {
  readonly of: string
  readonly properties: ReadonlyMap<string, Value>
  readonly start: number
  readonly end: number
  readonly next: number
}

/** `Class as $name { Name = "…"; … };` */
function instanceAt(tokens: readonly Token[], from: number): Instance {
  const of = tokens[from]?.value ?? ''
  const properties = new Map<string, Value>()
  let at = from
  while (at < tokens.length && !/^[{;]$/.test(tokens[at]!.value)) at++
  for (; at < tokens.length && tokens[at]!.value !== '}'; at++) {
    if (tokens[at + 1]?.value !== '=' || tokens[at]!.kind !== 'word') continue
    const name = tokens[at]!.value.toLowerCase()
    const parts: string[] = []
    // Texts behind each other are one.
    for (
      at += 2;
      at < tokens.length && /^[^;}]/.test(tokens[at]!.value || '"');
      at++
    )
      parts.push(tokens[at]!.value)
    const via = parts.length > 1 ? bitOf('concatenation') : 0
    if (properties.size < maxProperties)
      properties.set(name, textValue(parts.join(''), via))
    if (tokens[at]?.value === '}') break
  }
  const last = tokens[Math.min(at, tokens.length - 1)]!
  return {
    of,
    properties,
    start: tokens[Math.max(0, from - 2)]!.start,
    end: last.end,
    next: at + 1,
  }
}

function put(
  { of, properties, start, end }: Instance,
  host: string | undefined,
  findings: Findings,
): void {
  const span = { start, end }
  findings.action('wmi', of, span, 0, host)
  putInstance(
    {
      tell: (kind, target, told) =>
        findings.action(kind, target, span, told?.via ?? 0, host),
      commandLine: (value) => {
        const line = shownOf(value)
        const via = value?.via ?? 0
        findings.action('start', line, span, via, host)
        if (host === undefined) findings.commandLine(line, via, span)
      },
      script: (value, language) => {
        if (value) findings.script(value, language, span)
      },
    },
    of,
    properties,
    host,
  )
}
