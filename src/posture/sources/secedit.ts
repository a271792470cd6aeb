// `secedit /export` and GptTmpl.inf: account rights, security options as registry values, group membership.
import type { FactValue } from '../facts/facts.ts'
import { sidName } from '../descriptor/sids.ts'
import { registryKey } from './reg-export.ts'
import { lineOf, linesOf, type Reading, type Source } from './source.ts'

export const secedit: Source = {
  what: 'secedit /export',
  recognises: ({ text }) =>
    /^[ \t]*\[(Unicode|Version|System Access|Privilege Rights|Registry Values)\]/m.test(
      text,
    ) && /\[(System Access|Privilege Rights|Registry Values)\]/.test(text),
  read(dump) {
    dump.facts.of('windows')
    let section = ''
    for (const [line, number] of linesOf(dump.text)) {
      const head = /^[ \t]*\[(.+)\]\s*$/.exec(line)
      if (head) {
        section = head[1]!
        dump.facts.cover(`secedit\\${section}`, dump.name)
        continue
      }
      const at = line.indexOf('=')
      const name = line.slice(0, Math.max(0, at)).trim()
      if (name) readLine(dump, section, name, line.slice(at + 1).trim(), number)
    }
  },
}

function readLine(
  dump: Reading,
  section: string,
  name: string,
  text: string,
  number: number,
): void {
  const whence = lineOf(dump, number)
  if (section === 'Registry Values') {
    const mark = name.lastIndexOf('\\')
    const key = registryKey(name.slice(0, mark))
    dump.facts.add(key, name.slice(mark + 1), securityValue(text), whence)
    return
  }
  const accounts = section === 'Privilege Rights'
  const value = accounts
    ? text.split(',').map((a) => accountName(a.trim()))
    : text
  dump.facts.add(`secedit\\${section}`, name, value, whence)
}

function accountName(account: string): string {
  return sidName(account.replace(/^\*/, ''))
}

/** `4,1`: the type of the registry and the value. */
function securityValue(text: string): FactValue {
  const [, type, rest] = /^(\d+),(.*)$/.exec(text) ?? []
  if (type === '4') return Number(rest)
  if (type === '7') return rest!.split(',').filter((part) => part !== '')
  return (rest ?? text).replace(/^"(.*)"$/, '$1')
}
