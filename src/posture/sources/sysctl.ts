// `sysctl -a`: what the kernel has now. Files of /etc/sysctl.d say only what it will be told, so with them alone nothing is known to be unset.
import { lineOf, linesOf, type Source } from './source.ts'

const assignment = /^\s*-?([a-z0-9_]+(?:[./][\w*.:/-]+)+)\s*=\s*(.*?)\s*$/i

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
    // In a file the last word counts, of facts the first.
    const lines = [...linesOf(dump.text)]
    for (const [line, number] of isRunning ? lines : lines.reverse()) {
      const parts = assignment.exec(line)
      if (!parts) continue
      const name = parts[1]!.replaceAll('/', '.')
      dump.facts.add('sysctl', name, parts[2]!, lineOf(dump, number))
    }
  },
}

function isConfiguration(name: string): boolean {
  return /sysctl\.(d\/[^/]+\.conf|conf)$/.test(name.replaceAll('\\', '/'))
}
