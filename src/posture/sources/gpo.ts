// Reports of group policy: `Get-GPOReport`, `gpresult /x` (XML) and `/h` (HTML). They name settings as the editor does, and some as keys.
import { sidName } from '../descriptor/sids.ts'
import { registryKey } from './reg-export.ts'
import { fileOf, type Reading, type Source } from './source.ts'
import {
  below,
  childText,
  type Element,
  readXmlTree,
} from '../../base/xml-tree.ts'

export const gpoXml: Source = {
  what: 'group policy report (XML)',
  recognises: ({ text }) =>
    /<(\w+:)?(GPO|Rsop|report)\b[^<>]*(GroupPolicy|Rsop)/i.test(
      text.slice(0, 4096),
    ),
  read(dump) {
    dump.facts.of('windows')
    const { root, fault } = readXmlTree(dump.text)
    if (fault) dump.note(fault)
    for (const element of below(root)) readSetting(dump, element)
  },
}

function readSetting(dump: Reading, element: Element): void {
  const name = childText(element, 'Name')
  const whence = fileOf(dump)
  switch (element.name) {
    case 'Policy': {
      const state = childText(element, 'State')
      if (name && state) dump.facts.add('gpo', name, state, whence)
      return
    }
    case 'RegistrySetting':
      readRegistry(dump, element)
      return
    case 'SecurityOptions': {
      const key = childText(element, 'KeyName')
      const value =
        childText(element, 'SettingNumber') ??
        childText(element, 'SettingString')
      const mark = key?.lastIndexOf('\\') ?? -1
      if (key && mark > 0 && value !== undefined) {
        const at = registryKey(key.slice(0, mark))
        dump.facts.add(at, key.slice(mark + 1), numberOr(value), whence)
      }
      return
    }
    case 'UserRightsAssignment': {
      const members = element.children
        .filter((c) => c.name === 'Member')
        .map((m) => childText(m, 'Name') ?? sidName(childText(m, 'SID') ?? ''))
      if (name) {
        dump.facts.add('secedit\\Privilege Rights', name, members, whence)
      }
    }
  }
}

/** `<RegistrySetting><KeyPath/><Value><Name/><Number|String/></Value>`, of the machine where the report does not say. */
function readRegistry(dump: Reading, element: Element): void {
  const path =
    childText(element, 'KeyPath') ?? childText(element, 'RegistryKey')
  const value = element.children.find((c) => c.name === 'Value')
  const name = value && childText(value, 'Name')
  const number = value && childText(value, 'Number')
  const text = number ?? (value && childText(value, 'String'))
  if (!path || !name || text === undefined) return
  const key = /^HK/i.test(path) ? registryKey(path) : `HKLM\\${path}`
  dump.facts.add(key, name, numberOr(text), fileOf(dump))
}

function numberOr(text: string): string | number {
  return /^\d{1,10}$/.test(text) ? Number(text) : text
}

/** Rows of `Policy | Setting | Comment`. */
export const gpoHtml: Source = {
  what: 'group policy report (HTML)',
  recognises: ({ text }) =>
    /<html/i.test(text.slice(0, 4096)) &&
    /Group Policy|gpmc_|gpos?results?/i.test(text.slice(0, 65_536)),
  read(dump) {
    dump.facts.of('windows')
    for (const row of cellsOf(dump.text)) {
      const [name, state] = row
      if (name && state && /^(enabled|disabled)$/i.test(state)) {
        dump.facts.add('gpo', name, state, fileOf(dump))
      }
    }
  },
}

/** Rows that a report may have. */
const maxRows = 200_000

function* cellsOf(html: string): Generator<readonly string[]> {
  for (const row of html.split(/<tr\b/i, maxRows).slice(1)) {
    yield row
      .split(/<t[dh]\b[^<>]*>/i)
      .slice(1)
      .map((cell) => textOfHtml(cell))
  }
}

function textOfHtml(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
