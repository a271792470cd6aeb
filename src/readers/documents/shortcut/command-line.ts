// A command line as whoever starts it would read it: blanks that push it out of sight are one, variables that are the same everywhere are what they
// stand for, and carets that cmd.exe drops are dropped.
import { tricksIn } from '../tricks.ts'

/** Of Windows, whatever it is called and wherever it lies. */
const variables: Readonly<Record<string, string>> = {
  comspec: 'C:\\Windows\\System32\\cmd.exe',
  systemroot: 'C:\\Windows',
  windir: 'C:\\Windows',
}

export interface PlainCommand {
  readonly text: string
  readonly obfuscation: readonly string[]
}

export function plainCommand(written: string): PlainCommand {
  const resolved = written.replaceAll(
    /%(\w{1,16})%/g,
    (whole, name: string) => variables[name.toLowerCase()] ?? whole,
  )
  const isShell = /(?:^|[\\/"\s])cmd(?:\.exe)?(?:["\s]|$)/i.test(resolved)
  const bare = isShell ? withoutCarets(resolved) : resolved
  return {
    text: bare.replaceAll(/\s+/g, ' ').trim(),
    obfuscation: tricksIn(written),
  }
}

/** Within quotes they stand for themselves. */
function withoutCarets(line: string): string {
  const parts = line.split('"')
  return parts
    .map((part, i) => (i % 2 ? part : part.replaceAll(/\^([\s\S])/g, '$1')))
    .join('"')
}
