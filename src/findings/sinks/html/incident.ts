// An incident as HTML: its text, and a drawing of who reached whom through what.
import type { Finding } from '../../finding.ts'
import type { Incident } from '../../incidents/incident-list.ts'
import { incidentText } from '../incident-text.ts'
import { html, htmlLines } from './escape.ts'
import type { TimeText } from './finding.ts'

/** Edges drawn of one incident. */
const maxEdges = 8

export function incidentHtml(incident: Incident, time: TimeText): string {
  const text = incidentText(incident, {
    width: 110,
    time,
    paint: (plain) => plain,
  })
  const edges = incident.steps.flatMap(({ finding }) => edgesOf(finding))
  const { level, title } = incident.gravest.rule
  return `<details data-part id="i-${html(incident.id)}" open><summary><span class="level ${level}">${level}</span>${html(incident.host ?? '')} ${html(title)}</summary><div><pre>${htmlLines(text)}</pre>${drawing(edges.slice(0, maxEdges))}</div></details>`
}

interface Edge {
  readonly client: string
  readonly endpoint: string
  readonly server: string
}

function edgesOf({ evidence }: Finding): Edge[] {
  return evidence.flatMap(({ fields: f }) => {
    const endpoint =
      f.EndpointName ?? f.PipeName ?? f.SocketPath ?? f.XpcService
    const client = f.ClientImage ?? f.SourceImage ?? f.Image
    const server = f.ServerImage ?? f.PeerImage ?? f.TargetImage
    if (!client || !(endpoint || server)) return []
    return [
      {
        client: lastPart(client),
        endpoint: lastPart(endpoint ?? ''),
        server: lastPart(server ?? ''),
      },
    ]
  })
}

const maxLabel = 28

function lastPart(value: unknown): string {
  const text = String(value)
  const last = text.split(/[\\/]/).at(-1) || text
  return last.length > maxLabel ? `${last.slice(0, maxLabel - 1)}…` : last
}

function drawing(edges: readonly Edge[]): string {
  if (!edges.length) return ''
  const height = edges.length * 44 + 4
  const said = edges.map(
    (e) =>
      `${e.client} through ${e.endpoint || 'no endpoint'} to ${e.server || 'an unknown server'}`,
  )
  const rows = edges.map((e, i) => edgeSvg(e, i * 44 + 4))
  return `<svg class="edge" role="img" aria-label="${html(said.join('; '))}" viewBox="0 0 720 ${height}" width="720" height="${height}">${rows.join('')}</svg>`
}

function edgeSvg({ client, endpoint, server }: Edge, y: number): string {
  const box = (x: number, text: string) =>
    `<rect x="${x}" y="${y}" width="200" height="32" rx="5"/><text x="${x + 100}" y="${y + 20}" text-anchor="middle">${html(text || '?')}</text>`
  const arrow = (x: number) =>
    `<line x1="${x}" y1="${y + 16}" x2="${x + 52}" y2="${y + 16}"/><line x1="${x + 45}" y1="${y + 11}" x2="${x + 52}" y2="${y + 16}"/><line x1="${x + 45}" y1="${y + 21}" x2="${x + 52}" y2="${y + 16}"/>`
  return `${box(1, client)}${arrow(204)}${box(260, endpoint)}${arrow(463)}${box(519, server)}`
}
