// `reg export` and `reg query /s`: the registry as text. What is exported is a key and all below it, so what is missing there is not set.
import { currentUser, type FactValue, type Facts } from '../facts/facts.ts'
import { registryValue, typeName } from '../hive/values.ts'
import { lineOf, linesOfDump, type Reading, type Source } from './source.ts'

const roots: readonly (readonly [RegExp, string])[] = [
  [/^HKEY_LOCAL_MACHINE(?=\\|$)/i, 'HKLM'],
  [/^HKEY_USERS(?=\\|$)/i, 'HKU'],
  [/^(?:HKEY_CURRENT_USER|HKCU)(?=\\|$)/i, `HKU\\${currentUser}`],
  [/^(?:HKEY_CLASSES_ROOT|HKCR)(?=\\|$)/i, 'HKLM\\SOFTWARE\\Classes'],
  [/^MACHINE(?=\\|$)/i, 'HKLM'],
]

/** A key as facts name it: short roots, and the control set in force. */
export function registryKey(text: string): string {
  let key = text.trim()
  for (const [root, short] of roots) key = key.replace(root, short)
  return key.replace(
    /^HKLM\\SYSTEM\\ControlSet001(?=\\|$)/i,
    'HKLM\\SYSTEM\\CurrentControlSet',
  )
}

/**
 * Levels of keys that the registry can have; a deeper key is none, and each level of it would be held.
 * Source: "Registry element size limits", Microsoft Learn.
 */
const maxLevels = 512

/** The same of a line of a dump; empty where it is no key that can be. */
function keyOnLine(text: string, dump: Reading, number: number): string {
  let levels = 1
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1))
    if (++levels > maxLevels) {
      dump.note(`line ${number}: over ${maxLevels} levels are no key`)
      return ''
    }
  return registryKey(text)
}

/** UTF-16 units of a value over several lines, some MB of data: more is cut off, and then no value. */
const maxHeld = 4 * 1024 * 1024

export const regExport: Source = {
  what: 'reg export (.reg)',
  byLines: true,
  recognises: ({ text }) =>
    /^\s*(Windows Registry Editor Version 5\.00|REGEDIT4)\s/.test(text),
  read(dump) {
    dump.facts.of('windows')
    const keys = new CoveredKeys(dump.facts, dump.name)
    let key = ''
    let isAsked = false
    let held = ''
    let heldAt = 0
    let isOfHex = false
    for (const [line, number] of linesOfDump(dump)) {
      if (!held) heldAt = number
      isOfHex = held ? isOfHex : carriesOn(line)
      // A backslash at the end carries on, of hex values only: a text may end in one before its quote.
      if (isOfHex && line.endsWith('\\') && !line.startsWith('[')) {
        if (held.length < maxHeld) held += line.slice(0, -1).trim()
        continue
      }
      const whole = held + line.trim()
      held = ''
      if (whole.startsWith('[') && whole.endsWith(']')) {
        key = whole.startsWith('[-')
          ? ''
          : keyOnLine(whole.slice(1, -1), dump, number)
        isAsked = key !== '' && dump.facts.leadsSomewhere(key)
        if (key) keys.met(key, isAsked)
      } else if (key && isAsked && /^["@]/.test(whole)) {
        readValue(dump, key, whole, heldAt)
      }
    }
  },
}

function carriesOn(line: string): boolean {
  return line.includes('=hex') || !line.includes('"')
}

/** The topmost keys of an export are covered: each was asked for with all below it. */
class CoveredKeys {
  readonly #facts: Facts
  readonly #file: string
  constructor(facts: Facts, file: string) {
    this.#facts = facts
    this.#file = file
  }

  met(key: string, isAsked: boolean): void {
    if (this.#facts.coveredBy(key) === undefined) {
      this.#facts.cover(key, this.#file)
    } else if (isAsked) this.#facts.addKey(key)
  }
}

function readValue(
  dump: Reading,
  key: string,
  line: string,
  number: number,
): void {
  const parts = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/.exec(line)
  if (!parts) {
    dump.note(`line ${number}: no value of the registry`)
    return
  }
  const name = unquoted(parts[1] ?? '(Default)')
  const read = writtenValue(parts[2]!)
  if (read) {
    dump.facts.add(key, name, read.value, lineOf(dump, number), read.type)
  } else if (parts[2] !== '-') {
    dump.note(`line ${number}: "${parts[2]!.slice(0, 40)}" is no value`)
  }
}

function writtenValue(
  text: string,
): { value: FactValue; type: string } | undefined {
  const quotedText = /^"((?:[^"\\]|\\.)*)"$/.exec(text)
  if (quotedText) return { value: unquoted(quotedText[1]!), type: 'REG_SZ' }
  const dword = /^dword:([\da-f]{1,8})$/i.exec(text)
  if (dword) {
    return { value: Number.parseInt(dword[1]!, 16), type: 'REG_DWORD' }
  }
  const hex = /^hex(?:\(([\da-f]+)\))?:([\da-f, ]*)$/i.exec(text)
  if (!hex) return undefined
  const type = hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16)
  const bytes = Buffer.from(hex[2]!.replace(/[^\da-f]/gi, ''), 'hex')
  return { value: registryValue(type, bytes), type: typeName(type) }
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, '$1')
}

/** `reg query KEY /s`: keys flush left, `    NAME    TYPE    DATA` below them. */
export const regQuery: Source = {
  what: 'reg query /s',
  byLines: true,
  recognises: ({ text }) =>
    /^\s*HKEY_[A-Z_]{1,32}\\?[^\r\n]*\r?\n/.test(text) && /\n {4}\S/.test(text),
  read(dump) {
    dump.facts.of('windows')
    const keys = new CoveredKeys(dump.facts, dump.name)
    let key = ''
    let isAsked = false
    for (const [line, number] of linesOfDump(dump)) {
      if (line.startsWith('HKEY_')) {
        key = keyOnLine(line, dump, number)
        isAsked = key !== '' && dump.facts.leadsSomewhere(key)
        if (key) keys.met(key, isAsked)
        continue
      }
      if (!isAsked) continue
      const parts = /^ {4}(.+?) {4}(REG_[A-Z_]+) {4}(.*)$/.exec(line)
      if (!parts) continue
      const [, name, type, data] = parts
      const value = queriedValue(type!, data!)
      dump.facts.add(key, name!, value, lineOf(dump, number), type!)
    }
  },
}

function queriedValue(type: string, data: string): FactValue {
  switch (type) {
    case 'REG_DWORD':
    case 'REG_QWORD':
      return Number(data)
    case 'REG_MULTI_SZ':
      return data.split('\\0').filter((part) => part !== '')
    case 'REG_BINARY':
      return Buffer.from(data, 'hex')
    default:
      return data
  }
}
