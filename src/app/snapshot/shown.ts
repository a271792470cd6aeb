// A snapshot for people: rows, or a drawing of who is connected with whom.
import { oneLine } from '../../base/shown.ts'

import type { ProcessView } from '../../sensors/linux/process-view.ts'

import type { SnapshotEdge } from './edges.ts'

/** Columns of a name of a process or an endpoint. */
const maxName = 48

export function rowOf({ kind, name, client, server }: SnapshotEdge): string {
  const differs = client && server && client.userId !== server.userId
  const mark = differs ? `  uid ${client.userId} -> ${server.userId}` : ''
  return `${kind.padEnd(13)} ${cell(processName(client))} -> ${cell(name)} -> ${processName(server)}${mark}`
}

function cell(text: string): string {
  const line = oneLine(text)
  return (
    line.length > maxName ? `${line.slice(0, maxName - 1)}…` : line
  ).padEnd(maxName)
}

function processName(p: ProcessView | undefined): string {
  if (!p) return '-'
  const image = p.image ?? (p.commandLine.split(' ')[0] || '?')
  const where = p.container ? ` in ${p.container}` : ''
  return `${image} (${p.pid}${where})`
}

/** Edges that are drawn; a larger drawing shows nothing. */
const maxDrawn = 400
const rowHeight = 22
const columns = [16, 420, 820] as const
const width = 1200

/** Three columns: clients, endpoints, servers. Everything that comes from the host is text. */
export function drawing(edges: readonly SnapshotEdge[]): string {
  const drawn = edges.slice(0, maxDrawn)
  const places = columns.map(() => new Map<string, number>())
  const placeOf = (column: number, label: string) => {
    const known = places[column]!
    let row = known.get(label)
    if (row === undefined) {
      row = known.size
      known.set(label, row)
    }
    return row
  }
  const lines = drawn.flatMap(({ kind, name, client, server }) => {
    const middle = placeOf(1, `${kind} ${name}`)
    return [
      ...(client ? [line(0, placeOf(0, processName(client)), middle)] : []),
      ...(server ? [line(1, middle, placeOf(2, processName(server)))] : []),
    ]
  })
  const rows = places.reduce((most, p) => Math.max(most, p.size), 1)
  const labels = places.flatMap((known, column) =>
    [...known].map(([label, row]) => text(columns[column]!, y(row), label)),
  )
  const height = (rows + 2) * rowHeight
  const left =
    edges.length > drawn.length
      ? text(
          16,
          height - 6,
          `${edges.length - drawn.length} more edges are not drawn`,
        )
      : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${lines.join('')}${labels.join('')}${left}</svg>\n`
}

const y = (row: number) => (row + 1) * rowHeight

function line(from: 0 | 1, a: number, b: number): string {
  const [x1, x2] = [columns[from] + 330, columns[from + 1]! - 6]
  return `<path d="M${x1} ${y(a) - 4} C${(x1 + x2) / 2} ${y(a) - 4} ${(x1 + x2) / 2} ${y(b) - 4} ${x2} ${y(b) - 4}" fill="none" stroke="#8aa"/>`
}

function text(x: number, at: number, label: string): string {
  const shown = oneLine(label)
  const cut = shown.length > maxName ? `${shown.slice(0, maxName - 1)}…` : shown
  return `<text x="${x}" y="${at}">${escaped(cut)}</text>`
}

function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
