// One finding as HTML: what happened, its evidence with all that is known of it, and why.
import type { Evidence, Finding } from '../../finding.ts'
import { storyOf } from '../../incidents/sentence.ts'
import { draftOf } from '../../suppression/draft.ts'
import { type EventFields, eventKey } from '../sink.ts'
import { html, htmlLines } from './escape.ts'

export type TimeText = (iso: string) => string

/** Where the whole event will stand. No text that is shown holds this sign. */
export const wholeMark = '\0'

export function findingHtml(f: Finding, time: TimeText): string {
  const { explanation: x } = f
  const told = storyOf(f, time) || JSON.stringify(x.row ?? {})
  return `<details data-part id="f-${html(f.id)}"><summary><span class="level ${f.rule.level}">${f.rule.level}</span>${timeHtml(f.time, time)} <strong>${html(f.host ?? '')}</strong> ${html(told)}</summary><div>${[
    x.row ? tableHtml('Row', Object.entries(x.row)) : '',
    ...f.evidence.map((e) => evidenceHtml(e, time)),
    listHtml('Held', x.held),
    listHtml('Not told by the event', x.missing),
    listHtml('Benign when', x.benign),
    `<p>Would be silenced by:</p><pre>${htmlLines(draftOf(f).join('\n'))}</pre>`,
    f.alsoRules
      ? listHtml(
          'Also said by',
          f.alsoRules.map((r) => r.title),
        )
      : '',
    `<p class="soft">${html(f.techniques.join(' '))} ${html(x.mitigations.join(' '))} finding ${html(f.id)}${f.incident ? ` incident ${html(f.incident)}` : ''}</p>`,
  ].join('')}</div></details>`
}

/** One line of a finding for which there is no room in full. */
export function rowHtml(f: Finding, time: TimeText): string {
  const [e] = f.evidence
  const where = e ? `${e.file} record ${e.record} at ${e.offset}` : ''
  return `<tr data-part><td class="${f.rule.level}">${f.rule.level}</td><td>${timeHtml(f.time, time)}</td><td>${html(short(f.host ?? ''))}</td><td>${html(short(f.rule.title))}</td><td>${html(short(where))}</td></tr>\n`
}

const maxRowText = 200

function short(text: string): string {
  return text.slice(0, maxRowText)
}

function timeHtml(iso: string | null, time: TimeText): string {
  return iso === null
    ? '<span class="soft">no time</span>'
    : `<time datetime="${html(iso)}">${html(time(iso))}</time>`
}

function evidenceHtml(e: Evidence, time: TimeText): string {
  const { product, category, service } = e.logSource
  const source = [product, category, service].filter(Boolean).join('/')
  const places = e.places ?? [e]
  const where = places.map(
    (p) =>
      `${html(p.file)} record ${html(String(p.record))} at byte ${html(String(p.offset))}`,
  )
  return `<p>${where.join('<br>')} <span class="soft">${html(source)}</span> ${timeHtml(e.time, time)}</p>${tableHtml('Evidence', Object.entries(e.fields))}${wholeMark}${html(eventKey(e))}${wholeMark}`
}

/** All that the event held; '' where it was not read again. */
export function wholeHtml(fields: EventFields | undefined): string {
  if (!fields) return ''
  const table = tableHtml('All fields', Object.entries(fields))
  return (
    table &&
    `<details class="whole"><summary>Whole event</summary><div>${table}</div></details>`
  )
}

function tableHtml(
  caption: string,
  pairs: readonly (readonly [string, unknown])[],
): string {
  const rows = pairs.map(
    ([name, value]) =>
      `<tr><td class="k">${html(name)}</td><td class="v">${htmlLines(valueText(value))}</td></tr>`,
  )
  return rows.length
    ? `<table class="pairs"><caption>${caption}</caption><tbody>${rows.join('')}</tbody></table>`
    : ''
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function listHtml(title: string, items: readonly string[]): string {
  if (!items.length) return ''
  return `<p>${title}:</p><ul>${items.map((i) => `<li>${htmlLines(i)}</li>`).join('')}</ul>`
}
