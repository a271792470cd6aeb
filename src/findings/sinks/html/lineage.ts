// Who started whom: the processes of an incident as a tree, drawn.
import type { Finding } from '../../finding.ts'
import { type EventFields, eventKey, type RunReport } from '../sink.ts'
import { html } from './escape.ts'

interface Node {
  readonly key: string
  readonly name: string
  detail: string
  parent?: string
  readonly children: string[]
  /** A finding is about it. */
  found: boolean
}

/** Processes drawn of one incident. */
const maxNodes = 24
/** Levels that are indented; deeper ones stand below each other. */
const maxIndent = 6
const maxName = 34
const maxDetail = 44

export function lineageSvg(
  findings: readonly Finding[],
  events: RunReport['events'],
): string {
  const nodes = nodesOf(findings, events)
  const isLinked = [...nodes.values()].some((n) => n.parent !== undefined)
  if (!isLinked) return ''
  const rows = rowsOf(nodes).slice(0, maxNodes)
  const at = new Map(rows.map(({ node }, i) => [node.key, i]))
  const said = rows
    .filter(({ node }) => node.parent !== undefined)
    .map(({ node }) => `${nodes.get(node.parent!)?.name} started ${node.name}`)
  const height = rows.length * 46 + 4
  const parts = rows.map(({ node, depth }, i) => {
    const parent = node.parent === undefined ? undefined : at.get(node.parent)
    return nodeSvg(node, depth, i, parent)
  })
  return `<svg class="draw lineage" role="img" aria-label="${html(said.join('; '))}" viewBox="0 0 340 ${height}" width="340" height="${height}">${parts.join('')}</svg>`
}

function nodeSvg(
  { name, detail, found }: Node,
  depth: number,
  row: number,
  parent: number | undefined,
): string {
  const x = Math.min(depth, maxIndent) * 14 + 1
  const y = row * 46 + 3
  const line =
    parent === undefined
      ? ''
      : `<path d="M${x - 7} ${parent * 46 + 41}V${y + 19}H${x}"/>`
  return `${line}<rect class="${found ? 'found' : ''}" x="${x}" y="${y}" width="${338 - x}" height="38" rx="5"/><text x="${x + 8}" y="${y + 16}">${html(name)}</text><text class="small" x="${x + 8}" y="${y + 31}">${html(detail)}</text>`
}

/** Parents before their children, siblings in the order of their findings. */
function rowsOf(
  nodes: ReadonlyMap<string, Node>,
): { readonly node: Node; readonly depth: number }[] {
  const rows: { node: Node; depth: number }[] = []
  const seen = new Set<string>()
  const roots = [...nodes.values()].filter((n) => n.parent === undefined)
  const open = [...roots, ...nodes.values()]
    .map((node) => ({ node, depth: 0 }))
    .reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next
    if (seen.has(node.key)) continue
    seen.add(node.key)
    rows.push(next)
    for (const key of node.children.toReversed()) {
      const child = nodes.get(key)
      if (child) open.push({ node: child, depth: depth + 1 })
    }
  }
  return rows
}

/** Under all names by which it may be told of again. */
type Nodes = Map<string, Node>

function nodesOf(
  findings: readonly Finding[],
  events: RunReport['events'],
): ReadonlyMap<string, Node> {
  const byName: Nodes = new Map()
  for (const { evidence } of findings) {
    for (const e of evidence) {
      const fields = { ...events?.get(eventKey(e)), ...e.fields }
      const own = nodeIn(byName, startedIn(fields))
      const above = nodeIn(byName, parentIn(fields))
      if (own) own.found = true
      if (!own || !above || own.parent || isBelow(byName, above, own)) continue
      own.parent = above.key
      above.children.push(own.key)
    }
  }
  return new Map([...new Set(byName.values())].map((n) => [n.key, n]))
}

/** A log may well say that a process is its own forefather. */
function isBelow(
  nodes: ReadonlyMap<string, Node>,
  node: Node,
  other: Node,
): boolean {
  for (let at: Node | undefined = node; at; ) {
    if (at === other) return true
    at = at.parent === undefined ? undefined : nodes.get(at.parent)
  }
  return false
}

interface Told {
  readonly image: string
  readonly id: string
  readonly guid: string
  readonly user: string
  readonly command: string
}

/** Two logs tell of one start, each by what it knows: a GUID, a number, the command. */
function nodeIn(byName: Nodes, told: Told): Node | undefined {
  const { image, id, guid, user, command } = told
  if (!image) return undefined
  const names = [guid, id && `${id} ${image}`, command && `${image} ${command}`]
    .filter(Boolean)
    .map((n) => n.toLowerCase())
  if (!names.length) names.push(image.toLowerCase())
  const known = names.map((n) => byName.get(n)).find((n) => n !== undefined)
  if (!known && byName.size >= maxNodes * 6) return undefined
  const detail = [id && `pid ${id}`, user, command].filter(Boolean).join('  ')
  const node = known ?? {
    key: names[0]!,
    name: cut(image.split(/[\\/]/).at(-1) || image, maxName),
    detail: '',
    children: [],
    found: false,
  }
  // What says more of it is shown.
  if (detail.length > node.detail.length) node.detail = cut(detail, maxDetail)
  for (const n of names) if (!byName.has(n)) byName.set(n, node)
  return node
}

/** Who acted; of a start in the Security log, who was started. */
function startedIn(fields: EventFields): Told {
  const started = textIn(fields.StartedProcessId)
  return {
    image: textIn(fields.Image),
    id: numberIn(started || textIn(fields.ProcessId)),
    guid: textIn(fields.ProcessGuid),
    user: textIn(fields.User),
    command: textIn(fields.CommandLine),
  }
}

function parentIn(fields: EventFields): Told {
  // The Security log calls the starter's number the process's.
  const creator = fields.StartedProcessId ? textIn(fields.ProcessId) : ''
  return {
    image: textIn(fields.ParentImage),
    id: numberIn(textIn(fields.ParentProcessId) || creator),
    guid: textIn(fields.ParentProcessGuid),
    user: textIn(fields.ParentUser),
    command: textIn(fields.ParentCommandLine),
  }
}

/** Windows' own log writes numbers in hexadecimal. */
function numberIn(text: string): string {
  return /^0x[\da-f]{1,12}$/i.test(text) ? String(Number(text)) : text
}

function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : ''
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
