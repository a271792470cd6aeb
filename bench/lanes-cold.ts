// A lane whose values do not repeat: each event gets its own words in command lines, file names, directories, messages and
// a third of the images, while what rules look for stays in place.

const uniqueFields = [
  'CommandLine',
  'ParentCommandLine',
  'TargetFilename',
  'CurrentDirectory',
  'message',
]
const nowAndThen = ['Image', 'ParentImage']

/** The lines `times` over, each its own. The same text on every run. */
export function coldLines(lines: readonly string[], times: number): string[] {
  const out: string[] = []
  let seed = 20261123
  const word = () => {
    // xorshift: no clock, no Math.random.
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return (seed >>> 0).toString(36)
  }
  for (let k = 0; k < times; k++) {
    for (const line of lines) {
      const event = JSON.parse(line) as Record<string, unknown>
      for (const name of uniqueFields) change(event, name, word)
      if (out.length % 3 === 0) {
        for (const name of nowAndThen) change(event, name, word)
      }
      out.push(JSON.stringify(event))
    }
  }
  return out
}

/** Puts a word into the middle of a value, where no rule of the lanes looks: after its last blank or separator but one. */
function change(
  event: Record<string, unknown>,
  name: string,
  word: () => string,
): void {
  const value = event[name]
  if (typeof value !== 'string' || value === '') return
  const cuts = [...value.matchAll(/[ \\/]/g)].map((m) => m.index)
  const at = cuts.at(-2) ?? cuts.at(-1) ?? value.length - 1
  const sign = value[at] ?? ''
  event[name] =
    `${value.slice(0, at)}${sign}${word()}${word()}${value.slice(at)}`
}
