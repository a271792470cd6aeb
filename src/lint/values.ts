// What is odd about the value that a field is compared with.
import { fieldRow } from '../event/schema/index.ts'

import { ANY, type Leaf } from '../ir/predicate.ts'
import { printLeaf } from '../ir/print.ts'

import type { Trail } from './contradiction.ts'
import type { LintFinding } from './finding.ts'
import { literalOf } from './pattern-sets.ts'
import { shapeOf } from './regex-shape.ts'

/** Each oddity of one value. */
export function* lintValue(
  leaf: Leaf,
  trail: Trail,
  denied: boolean,
): Generator<LintFinding> {
  if (isEverything(leaf)) {
    yield {
      kind: 'matches-everything',
      trail,
      message: `${leaf.kind === 'keyword' ? 'a keyword' : leaf.field} matches every value`,
      hint: 'to ask whether a field is there write "Field|exists: true"',
    }
  }
  if (leaf.kind === 'regex') {
    yield* lintRegex(leaf, trail)
    yield* lintPathInRegex(leaf, trail)
  }
  if (leaf.kind === 'keyword') return
  yield* lintPlaceholder(leaf, trail)
  yield* lintAccess(leaf, trail)
  if (denied) return
  yield* lintPath(leaf, trail)
  yield* lintName(leaf, trail)
  yield* lintPipeName(leaf, trail)
}

function isEverything(leaf: Leaf): boolean {
  if (leaf.kind === 'text' || leaf.kind === 'keyword') {
    return leaf.pattern.length === 1 && leaf.pattern[0] === ANY
  }
  return leaf.kind === 'regex' && shapeOf(leaf)?.matchesAll === true
}

/** `%admins%` as the whole value: with `|expand` it stands for others, without it for itself. */
function* lintPlaceholder(leaf: Leaf, trail: Trail): Generator<LintFinding> {
  if (leaf.kind !== 'text') return
  const [text] = leaf.pattern
  if (leaf.pattern.length !== 1 || typeof text !== 'string') return
  if (!/^%[\w.-]{1,64}%$/.test(text)) return
  yield {
    kind: 'bare-placeholder',
    trail,
    message: `${leaf.field} is compared with the text "${text}", which looks like a placeholder`,
    hint: `write "${leaf.field}|expand" and give its values with --placeholders`,
  }
}

function* lintRegex(
  leaf: Leaf & { kind: 'regex' },
  trail: Trail,
): Generator<LintFinding> {
  const shape = shapeOf(leaf)
  if (!shape) return
  const { ambiguous: slow, range, tied } = shape
  if (slow !== undefined) {
    yield {
      kind: 'slow-regex',
      trail,
      message: `the repetition of ${JSON.stringify(slow)} can be matched in very many ways`,
      hint: 'let each repetition begin or end with something that its body cannot match',
    }
  }
  if (range !== undefined) {
    yield {
      kind: 'regex-range',
      trail,
      message: `"${range}" in a class is a range of characters, all that stand between the two`,
      hint: 'write the dash first or last in the class to mean itself',
    }
  }
  if (leaf.field !== 'PipeName' || shape.matchesAll) return
  if (tied.start && tied.end) return
  const open = [tied.start ? '' : 'begin', tied.end ? '' : 'end'].filter(
    Boolean,
  )
  yield {
    kind: 'unanchored-pipe',
    trail,
    message: `the expression may ${open.join(' and ')} anywhere within a pipe's name, so it matches longer names, too`,
    hint: 'tie it down: "^\\\\name-[0-9a-f]{4}$"',
  }
}

/** `evilcmd.exe` ends so too. */
function* lintName(leaf: Leaf, trail: Trail): Generator<LintFinding> {
  if (leaf.kind !== 'text' || fieldRow(leaf.field)?.type !== 'path') return
  const [first, last, ...more] = leaf.pattern
  if (first !== ANY || typeof last !== 'string' || more.length) return
  if (!/^[\w-]+\.[a-z]{2,4}$/i.test(last) || last.startsWith('_')) return
  yield {
    kind: 'unanchored-name',
    trail,
    message: `${leaf.field} may end with ${JSON.stringify(last)} within a longer name, too`,
    hint: `write '\\${last}', with the separator`,
  }
}

/** Access masks are sets of bits; as text, `0x1438` and `0x001438` differ, and prefixes mean nothing. */
function* lintAccess(leaf: Leaf, trail: Trail): Generator<LintFinding> {
  if (
    leaf.kind === 'keyword' ||
    !/^(GrantedAccess|AccessMask)$/.test(leaf.field)
  ) {
    return
  }
  if (leaf.kind === 'text') {
    const literal = literalOf(leaf.pattern)
    if (literal !== undefined && !/^0x0+[0-9a-f]/i.test(literal)) return
  } else if (leaf.kind !== 'regex') return
  yield {
    kind: 'access-as-text',
    trail,
    message: `${leaf.field} is a set of bits; ${printLeaf(leaf)} compares its digits`,
    hint: 'list the whole values that are meant, as Windows shows them: "0x1438"',
  }
}

/** What Sysmon calls processes that have no file. */
const fileless =
  /^(?:system|registry|memcompression|memory compression|secure system|vmmem|<unknown process>|-)$/i

function* lintPath(leaf: Leaf, trail: Trail): Generator<LintFinding> {
  if (leaf.kind !== 'text') return
  const row = fieldRow(leaf.field)
  const first = leaf.pattern[0]
  if (row?.type !== 'path' || typeof first !== 'string') return
  if (!/^[^\\/:%$~]{2,}$/.test(first) || fileless.test(first)) return
  yield {
    kind: 'bare-file-name',
    trail,
    message: `${leaf.field} holds a whole path, which never begins with ${JSON.stringify(first)}`,
    hint: `write "${leaf.field}|endswith: '\\${first}'"`,
  }
}

/** Sysmon's name of a pipe that has none. */
const anonymousPipe = '<anonymous pipe>'

/** Whoever writes the event: a pipe's name begins with its backslash. */
function* lintPipeName(leaf: Leaf, trail: Trail): Generator<LintFinding> {
  if (leaf.kind !== 'text' || !/^Pipe(?:Name|Template)$/.test(leaf.field))
    return
  const [first] = leaf.pattern
  if (typeof first !== 'string' || !first || first.startsWith('\\')) return
  if (anonymousPipe.startsWith(first.toLowerCase())) return
  const prefix = /^(?:\.|localhost)\\pipe\\|^pipe\\/i
  yield {
    kind: 'bare-pipe-name',
    trail,
    message: `${leaf.field} begins with a backslash, never with ${JSON.stringify(first)}`,
    hint: `write '\\${first.replace(prefix, '')}'`,
  }
}

/** Parts of paths and keys that, with one backslash before them, are an escape or a class and some letters. */
const partsOfPaths =
  'windows|winnt|system|system32|syswow64|software|services|startup|sysvol|spool|tasks|temp|tmp|drivers|debug|appdata|wbem|winevt|fonts|roaming|run|runonce'

/** `C:\W`, `\System32\`; where values are paths also `\whoami.exe` (whoever escapes the point knows). An even number of backslashes stands for themselves. */
const drivePath = /(?:^|[^A-Za-z\\])([A-Za-z]:\\(?!\\)[A-Za-z]\w+)/
const knownPart = new RegExp(
  `(?<!\\\\)(?:\\\\\\\\)*(\\\\(?:${partsOfPaths})(?=\\\\[A-Za-z]|$|\\$))`,
  'i',
)
const programName =
  /(?<!\\)(?:\\\\)*(\\[wWsSdDnrtfav][A-Za-z0-9_-]{2,}\.(?:exe|dll|com|sys|scr|ocx))\b/

/** In an expression a backslash and a letter are a class or an escape: `\W` is what is no letter. */
function* lintPathInRegex(
  leaf: Leaf & { kind: 'regex' },
  trail: Trail,
): Generator<LintFinding> {
  const { source, field } = leaf
  if (source.length > maxLooked) return
  const isPath = fieldRow(field)?.type === 'path'
  const found =
    drivePath.exec(source) ??
    knownPart.exec(source) ??
    (isPath ? programName.exec(source) : null)
  if (!found) return
  const [, written = ''] = found
  const letter = /\\[A-Za-z]/.exec(written)?.[0] ?? ''
  yield {
    kind: 'path-as-regex',
    trail,
    message: `"${letter}" in ${written} is a class or an escape, not a backslash and a letter`,
    hint: 'write two backslashes for one, and "\\." for a point; or compare without "re"',
  }
}

/** Longer expressions are not looked at, in UTF-16 units. */
const maxLooked = 4_096
