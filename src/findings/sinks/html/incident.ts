// An incident as HTML: its text, who started whom, and who reached whom through what, drawn.
import type { Finding } from '../../finding.ts'
import type { Incident } from '../../incidents/incident-list.ts'
import { incidentText } from '../incident-text.ts'
import { type EventFields, eventKey, type RunReport } from '../sink.ts'
import { html } from './escape.ts'
import type { TimeText } from './finding.ts'
import { lineageSvg } from './lineage.ts'

/** Edges drawn of one incident. */
const maxEdges = 8

export function incidentHtml(
  incident: Incident,
  time: TimeText,
  events: RunReport['events'],
): string {
  const text = incidentText(incident, {
    // Lines are broken by the page.
    width: Number.POSITIVE_INFINITY,
    time,
    paint: (plain) => plain,
  })
  const findings = incident.steps.map((s) => s.finding)
  const edges = distinct(edgesOf(findings, events))
  const drawn = [
    figure('Who started whom', lineageSvg(findings, events)),
    figure('Who reached whom, and through what', drawing(edges)),
  ].join('')
  const { level, title } = incident.gravest.rule
  return `<details data-part id="i-${html(incident.id)}" open><summary><span class="level ${level}">${level}</span>${html(incident.host ?? '')} ${html(title)}</summary><div><div class="told">${linesHtml(text)}</div>${drawn && `<div class="drawn">${drawn}</div>`}</div></details>`
}

/** Each line with its indent, which the page keeps when it breaks the line. */
function linesHtml(text: string): string {
  // The first says what the part's own head says.
  const lines = text.trimEnd().split('\n').slice(1)
  return lines
    .map((line) => {
      const indent = /^ */.exec(line)![0].length
      return `<p class="i${Math.min(indent, maxIndent)}">${html(line.slice(indent))}</p>`
    })
    .join('')
}

/** The page knows so many. */
const maxIndent = 8

function figure(caption: string, svg: string): string {
  return svg && `<figure><figcaption>${caption}</figcaption>${svg}</figure>`
}

/** The same edge many times is drawn once. */
function distinct(edges: readonly Edge[]): readonly Edge[] {
  const seen = new Map(edges.map((e) => [JSON.stringify(e), e]))
  return [...seen.values()].slice(0, maxEdges)
}

interface Edge {
  readonly client: string
  readonly endpoint: string
  readonly server: string
}

/** Who offered an endpoint is the server of whoever reached it. */
function edgesOf(
  findings: readonly Finding[],
  events: RunReport['events'],
): readonly Edge[] {
  const told = findings.flatMap((f) =>
    f.evidence.map((e) =>
      edgeIn(
        { ...events?.get(eventKey(e)), ...e.fields },
        e.logSource.category,
      ),
    ),
  )
  const servers = new Map(
    told.flatMap((e) => (e?.server ? [[e.endpoint, e.server] as const] : [])),
  )
  const reached = new Set(told.flatMap((e) => (e?.client ? [e.endpoint] : [])))
  return told.flatMap((e) => {
    if (!e || (!e.client && reached.has(e.endpoint))) return []
    return [{ ...e, server: e.server || (servers.get(e.endpoint) ?? '') }]
  })
}

function edgeIn(
  f: EventFields,
  category: string | undefined,
): Edge | undefined {
  const endpoint = f.EndpointName ?? f.PipeName ?? f.SocketPath ?? f.XpcService
  const actor = f.ClientImage ?? f.SourceImage ?? f.Image
  const server = f.ServerImage ?? f.PeerImage ?? f.TargetImage
  if (!actor || !(endpoint || server)) return undefined
  const offers = category === 'socket_bind' || f.EventType === 'CreatePipe'
  const isOffer = !server && (offers || f.EventID === 17)
  return {
    client: isOffer ? '' : lastPart(actor),
    endpoint: String(endpoint ?? ''),
    server: isOffer ? lastPart(actor) : lastPart(server ?? ''),
  }
}

const maxLabel = 20
const maxEndpoint = 46

function lastPart(value: unknown): string {
  const text = String(value)
  return text.split(/[\\/]/).at(-1) || text
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** Of a long name the end tells more. */
function shortened(text: string): string {
  return text.length > maxEndpoint ? `…${text.slice(1 - maxEndpoint)}` : text
}

/** Of one edge, in units of the drawing. */
const edgeHeight = 62

function drawing(edges: readonly Edge[]): string {
  if (!edges.length) return ''
  const height = edges.length * edgeHeight
  const said = edges.map(
    (e) =>
      `${e.client} through ${e.endpoint || 'no endpoint'} to ${e.server || 'an unknown server'}`,
  )
  const rows = edges.map((e, i) => edgeSvg(e, i * edgeHeight))
  return `<svg class="draw" role="img" aria-label="${html(said.join('; '))}" viewBox="0 0 340 ${height}" width="340" height="${height}">${rows.join('')}</svg>`
}

function edgeSvg({ client, endpoint, server }: Edge, y: number): string {
  const box = (x: number, text: string) =>
    `<rect x="${x}" y="${y + 22}" width="146" height="32" rx="5"/><text x="${x + 73}" y="${y + 42}" text-anchor="middle">${html(cut(text || '?', maxLabel))}</text>`
  const middle = y + 38
  return `<text class="small" x="170" y="${y + 15}" text-anchor="middle">${html(shortened(endpoint))}</text>${box(1, client)}<path d="M149 ${middle}H190M183 ${middle - 5}L190 ${middle}L183 ${middle + 5}"/>${box(193, server)}`
}
