// What is said of how rare something is: by a baseline, or by what the input itself holds.
import { type FieldRow, field, group } from './field.ts'

const rarity = 'rarity'

/** Of each kind: the name, what is rare, and a reason as an example. */
const kinds: readonly (readonly [string, string, string])[] = [
  [
    'RareModule',
    'this module, of this signer, in this program',
    '0 of 4,000 module loads, on 0 of 2 hosts: evil.dll, unsigned, c:\\windows\\explorer.exe; ...',
  ],
  [
    'RarePipe',
    'a pipe of this shape, made by this program',
    '0 of 5,000 pipes made, on 0 of 9 hosts: \\spoolss, c:\\users\\*\\x.exe; ...',
  ],
  [
    'RareComClass',
    'this class, served by this program or library',
    '{...}, c:\\users\\*\\x.dll: 0 of 500 COM servers started or registered, ...',
  ],
  [
    'RareXpcService',
    'this XPC service, asked for by this team',
    'com.example.helper, none: 0 of 500 XPC connections, ...',
  ],
  [
    'RareSocket',
    'this socket, spoken to by this program',
    '/run/docker.sock, /home/*/x: 0 of 500 socket connections, ...',
  ],
  [
    'RareInterpreter',
    'this interpreter, run by this lineage, on this host',
    '0 of 9,000 process starts of host ws1: powershell.exe, winword.exe > cmd.exe, ws1; ...',
  ],
  [
    'RareHour',
    'this interpreter, run at this hour of the week (UTC), on this host',
    'powershell.exe, sat 03:00, ws1: 0 of 9,000 process starts of host ws1; ...',
  ],
]

function rows([name, what, example]: (typeof kinds)[number]) {
  return {
    [name]: field(
      'text',
      `whether it is rare: true, false or unknown; ${what}`,
      'true',
      rarity,
    ),
    [`${name}Reason`]: field(
      'text',
      'what says so: count, population, first and last; or why it is unknown',
      example,
      rarity,
    ),
    [`${name}Count`]: field('number', 'how often it was seen', 2, rarity),
    [`${name}Hosts`]: field(
      'number',
      'on how many hosts; sixteen where there are more',
      1,
      rarity,
    ),
    [`${name}Others`]: field(
      'number',
      'how often the first part was seen with other parts: the pipe made by another program, the class served by another',
      50,
      rarity,
    ),
  }
}

export const rarityFields: Readonly<Record<string, FieldRow>> = group(
  'rarity',
  {
    ...Object.assign({}, ...kinds.map(rows)),
    FirstInterpreter: field(
      'text',
      'whether the interpreter had not run on its host before: true, false or unknown',
      'true',
      rarity,
    ),
    FirstInterpreterReason: field(
      'text',
      'what says so',
      'wscript.exe on ws1: no run before, among 9,000 process starts; ...',
      rarity,
    ),
    FirstInterpreterCount: field('number', 'how often it had run', 0, rarity),
  },
)
