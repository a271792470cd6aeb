// `sysctl -a`: what the kernel has now. Files of /etc/sysctl.d say only what it will be told, so with them alone nothing is known to be unset.
import { lineOf, linesOf, type Source } from './source.ts'

const assignment = /^\s*-?([a-z0-9_]+[./][\w*.:/-]+)\s*=(.*)/i

/** Names of one file; kernels have some thousand. */
const maxNames = 100_000

export const sysctl: Source = {
  what: 'sysctl -a',
  recognises: ({ text, name }) =>
    isConfiguration(name) ||
    (/^(kernel|fs|net|vm|user)\.[\w.-]+ = /m.test(text.slice(0, 65_536)) &&
      assignment.test(text.split('\n', 1)[0]!)),
  read(dump) {
    dump.facts.of('linux')
    const isRunning = !isConfiguration(dump.name)
    if (isRunning) dump.facts.cover('sysctl', dump.name)
    const told = new Map<string, readonly [string, number]>()
    for (const [line, number] of linesOf(dump.text)) {
      const parts = assignment.exec(line)
      if (!parts) continue
      const name = parts[1]!.replaceAll('/', '.')
      // In a file the last word counts, of facts the first.
      if (isRunning && told.has(name)) continue
      if (told.size >= maxNames && !told.has(name)) {
        dump.note(`over ${maxNames} names: the rest was not read`)
        break
      }
      told.set(name, [parts[2]!.trim(), number])
    }
    for (const [name, [value, number]] of told) {
      dump.facts.add('sysctl', name, value, lineOf(dump, number))
    }
  },
}

function isConfiguration(name: string): boolean {
  return /sysctl\.(d\/[^/]+\.conf|conf)$/.test(name.replaceAll('\\', '/'))
}
