// Whom does a command call over D-Bus, and what does it ask? The three clients that come with systems, and systemd's own.
// Sources: dbus-send(1), gdbus(1), busctl(1), systemd-run(1).
export interface BusCall {
  readonly destination: string
  readonly text: string
}

export function busCall(commandLine: string | undefined): BusCall | undefined {
  if (!commandLine) return undefined
  const words = commandLine.slice(0, maxUnits).split(/\s+/)
  const program = words[0]?.replace(/^.*\//, '') ?? ''
  switch (program) {
    case 'dbus-send':
      return call(optionIn(words, '--dest'), words.find(isMember))
    case 'gdbus':
      return call(
        optionIn(words, '--dest', '-d'),
        optionIn(words, '--method', '-m'),
      )
    case 'busctl': {
      const at = words.findIndex((w) => w === 'call' || w === 'set-property')
      return at < 0
        ? undefined
        : call(words[at + 1], words.slice(at + 3, at + 5).join('.'))
    }
    case 'systemd-run':
      return call('org.freedesktop.systemd1', 'Manager.StartTransientUnit')
    case 'pkexec':
      return call('org.freedesktop.PolicyKit1', 'Authority.CheckAuthorization')
    default:
      return undefined
  }
}

const maxUnits = 4_096

function call(
  destination: string | undefined,
  member: string | undefined,
): BusCall | undefined {
  return destination
    ? { destination, text: `${destination} ${member ?? ''}`.trim() }
    : undefined
}

function isMember(word: string): boolean {
  return /^[a-z_][\w]*(?:\.\w+){2,}$/i.test(word)
}

function optionIn(
  words: readonly string[],
  ...options: readonly string[]
): string | undefined {
  for (const [i, word] of words.entries()) {
    for (const option of options) {
      if (word === option) return words[i + 1]
      if (word.startsWith(`${option}=`)) return word.slice(option.length + 1)
    }
  }
  return undefined
}
