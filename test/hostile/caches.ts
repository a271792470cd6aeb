// What somebody may leave where compiled rules are kept. Each is made of the text of a whole one; a rule must be found all the same.
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'

import { digestOf } from './digest.ts'

type Change = (path: string, text: string) => void

const written =
  (make: (text: string) => string): Change =>
  (path, text) =>
    writeFileSync(path, make(text))

/** With another body, under a label that was made to fit it. */
const relabelled = (make: (body: string) => string): Change =>
  written((text) => {
    const end = text.indexOf('\n')
    const label = JSON.parse(text.slice(0, end)) as object
    const body = make(text.slice(end + 1))
    return `${JSON.stringify({ ...label, digest: digestOf(body) })}\n${body}`
  })

const empty = '{"rules":[],"searches":[],"refused":[],"diagnostics":[]}'

export const caches: Readonly<Record<string, Change>> = {
  'of nothing': written(() => ''),
  'of rules that were taken out': written(() => empty),
  'of rules that were taken out under the old label': written((text) =>
    text.replace(/\n.*/s, `\n${empty}`),
  ),
  'of rules that were taken out under a label that fits': relabelled(
    () => empty,
  ),
  'of rules of another kind under a label that fits': relabelled((body) =>
    body.replaceAll('"kind":"detection"', '"kind":"nothing"'),
  ),
  'of one bit less': written((text) => text.replace('e', 'd')),
  'cut in its middle': written((text) => text.slice(0, text.length / 2)),
  'twice behind one another': (path, text) => appendFileSync(path, text),
  'of brackets': written((text) =>
    text.replace(/\n.*/s, `\n${'['.repeat(1e6)}`),
  ),
  'of NULs': written((text) => text.replace(/\n.*/s, `\n${'\0'.repeat(1e6)}`)),
  'that is a folder': (path) => {
    rmSync(path)
    mkdirSync(path)
  },
  ...(process.platform !== 'win32' && {
    'that others may write': (path: string) => chmodSync(path, 0o666),
    'that is a link to a device': (path: string) => {
      rmSync(path)
      symlinkSync('/dev/zero', path)
    },
    'that is a link to itself': (path: string) => {
      rmSync(path)
      symlinkSync(path, path)
    },
  }),
}
