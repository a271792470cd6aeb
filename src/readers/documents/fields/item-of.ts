// What does a field do? It exchanges data with a program, links or includes what lies elsewhere, starts a macro, or nothing
// of that.
import type { DocumentItem } from '../item.ts'
import { type FieldNode, sourceOf } from './node.ts'
import { argumentsOf, type Resolved } from './resolve.ts'

type Parts = Partial<DocumentItem>

/** By the field's type: what its arguments are. */
const acting: Readonly<Record<string, (args: readonly string[]) => Parts>> = {
  DDE: ([service = '', topic = '', item]) => dde(service, topic, item),
  DDEAUTO: ([service = '', topic = '', item]) => dde(service, topic, item),
  LINK: ([progId, target]) => ({ ...named({ progId }), ...outside(target) }),
  EMBED: ([progId]) => named({ progId }),
  CONTROL: ([progId]) => named({ progId }),
  HYPERLINK: ([target]) => outside(target),
  INCLUDE: ([target]) => outside(target),
  INCLUDETEXT: ([target]) => outside(target),
  INCLUDEPICTURE: ([target]) => outside(target),
  IMPORT: ([target]) => outside(target),
  RD: ([target]) => outside(target),
  DATABASE: (args) => outside(args.find((a) => /[\\/]/.test(a))),
  MACROBUTTON: ([macroName]) => named({ macroName }),
}

/** Switches that are followed by something of theirs. */
const switches: Readonly<Record<string, string>> = {
  HYPERLINK: 'lotm',
  INCLUDEPICTURE: 'c',
  INCLUDETEXT: 'nctx',
  LINK: 'f',
}

export function reachesOut({ words }: Resolved): boolean {
  return Object.hasOwn(acting, typeOf(words[0]?.text))
}

export function itemOf(node: FieldNode, resolved: Resolved): DocumentItem {
  const { text, words, tricks } = resolved
  const type = typeOf(words[0]?.text)
  const own = Object.hasOwn(switches, type) ? switches[type] : ''
  const args = argumentsOf(words.slice(1), own).map((w) => w.text)
  const parts = Object.hasOwn(acting, type) ? acting[type]!(args) : {}
  const source = sourceOf(node).trim()
  const around = [node.before, node.result && `[${node.result}]`]
  const hidden = [...tricks, ...caseTrick(words[0]?.text, parts)]
  return {
    kind: 'field',
    ...node.place,
    text,
    source,
    around: around.filter(Boolean).join(' '),
    ...parts,
    ...(reachesOut(resolved) && hidden.length && { obfuscation: hidden }),
  }
}

function typeOf(keyword: string | undefined): string {
  return keyword?.toUpperCase() ?? ''
}

/** `dDeAuTo`: neither upper nor lower case. */
function caseTrick(keyword = '', parts: Parts): readonly string[] {
  if (!parts.dde) return []
  const isPlain = /^(?:[A-Z]+|[A-Z]?[a-z]+)$/.test(keyword)
  return isPlain ? [] : ['case']
}

function dde(service: string, topic: string, item: string | undefined): Parts {
  return { dde: { service, topic, ...(item !== undefined && { item }) } }
}

function outside(target: string | undefined): Parts {
  return target ? { target, targetMode: 'external' } : {}
}

function named(parts: {
  progId?: string | undefined
  macroName?: string | undefined
}): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([, v]) => v))
}
