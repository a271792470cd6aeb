// What a file of registry values (.reg) sets when it is merged: `[key]`, `"name"="text"`, `@=dword:1`, `hex(2):…`, with `-` to take away.
// https://support.microsoft.com/topic/9c7f37cf-a5e9-e1cd-c4fa-2a26218a1a23
import type { Budget } from '../budget.ts'
import type { Teller } from '../fold/call.ts'
import type { Findings } from '../fold/call-facts.ts'
import { bitOf } from '../fold/value.ts'
import { tellRegistry } from '../known/settings.ts'
import type { Span } from '../syntax/node.ts'
import { continuedLines } from './continued-lines.ts'

/** Of one value with its continued lines, in UTF-16 units. */
const maxValueUnits = 256 * 1024

/** Keys whose text is a command line that is run later, by logging on, opening a file or making an object. */
const commandKey =
  /\\currentversion\\run(?:once(?:ex)?|services)?\\|\\shell\\[^\\]{1,64}\\command$|\\localserver32$|\\command processor\\autorun$|\\environment\\userinitmprlogonscript$|\\image file execution options\\[^\\]{1,255}\\debugger$|\\winlogon\\(?:shell|userinit)$/i

export interface RegistryFile {
  readonly text: string
  readonly budget: Budget
  readonly findings: Findings
}

export function runRegistryFile({ text, budget, findings }: RegistryFile) {
  let key = ''
  for (const { text: line, span } of continuedLines(
    text,
    maxValueUnits,
    trim,
  )) {
    if (line.startsWith(';')) continue
    if (!budget.step() || budget.isFull) break
    const opened = /^\[([^\]\n]{1,2048}(?:\][^\]\n]{0,1024}){0,8})\]\s*$/.exec(
      line,
    )
    if (opened) {
      key = opened[1]!
      // A key that is taken away sets nothing.
      if (key.startsWith('-')) key = ''
      continue
    }
    if (key === '') continue
    const value = valueIn(line)
    if (value) tellValue(findings, key, value, span)
  }
}

function tellValue(
  findings: Findings,
  key: string,
  { name, data, via }: Value,
  span: Span,
) {
  const path = name === '' ? key : `${key}\\${name}`
  const tell: Teller['tell'] = (kind, target) =>
    findings.action(kind, target, span, via, undefined)
  tellRegistry({ tell }, path, data)
  if (commandKey.test(path)) findings.commandLine(data, via, span)
}

interface Value {
  /** Empty: the default value of its key. */
  readonly name: string
  readonly data: string
  readonly via: number
}

function valueIn(line: string): Value | undefined {
  const found = /^(?:@|"((?:[^"\\]|\\.){0,1024})")\s*=\s*([\s\S]+)$/.exec(line)
  if (!found) return undefined
  const name = unescaped(found[1] ?? '')
  const written = found[2]!.trim()
  if (written === '-') return undefined
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(written)
  if (quoted) return { name, data: unescaped(quoted[1]!), via: 0 }
  const number = /^dword:\s*([0-9a-f]{1,8})/i.exec(written)
  if (number)
    return { name, data: `${Number.parseInt(number[1]!, 16)}`, via: 0 }
  const bytes = /^hex(?:\(([0-9a-f]{1,8})\))?:([\s\S]*)$/i.exec(written)
  return bytes ? { name, ...ofBytes(bytes[1] ?? '', bytes[2]!) } : undefined
}

/** Types whose bytes are text: 1, 2 with variables, 7 several; 4 and b are numbers. */
function ofBytes(type: string, written: string): { data: string; via: number } {
  const hex = written.replace(/[^0-9a-f]/gi, '')
  const bytes = Buffer.from(hex, 'hex')
  if (/^[127]$/.test(type)) {
    const isWide = bytes.length < 2 || bytes[1] === 0
    const text = bytes.toString(isWide ? 'utf16le' : 'latin1')
    const data = text.replace(/\0+$/, '').replaceAll('\0', ' ')
    return { data, via: type === '1' ? bitOf('hex') : 0 }
  }
  if (/^[4b]$/i.test(type) && bytes.length >= 4)
    return { data: `${bytes.readUInt32LE(0)}`, via: bitOf('hex') }
  return { data: hex.toLowerCase(), via: 0 }
}

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1')
}

const trim = (line: string) => line.trim()
