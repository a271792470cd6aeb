// `net localgroup NAME`: who is a member.
import { fileOf, linesOf, type Source } from './source.ts'

export const localGroup: Source = {
  what: 'net localgroup NAME',
  recognises: ({ text }) => /^\s*Alias name\s+\S/.test(text),
  read(dump) {
    dump.facts.of('windows')
    let group = ''
    let isList = false
    for (const [line] of linesOf(dump.text)) {
      const name = /^Alias name\s(.+)/.exec(line)?.[1]?.trim()
      if (name) {
        group = `group\\${name}`
        isList = false
        dump.facts.extend(group, 'members', [], fileOf(dump))
      } else if (/^-{10}/.test(line)) isList = true
      else if (/^The command completed/.test(line)) isList = false
      else if (isList && line.trim()) {
        dump.facts.extend(group, 'members', [line.trim()], fileOf(dump))
      }
    }
  },
}
