// What stops it: how far each mitigation is in force, what fails and how it is mended, and of each technique whether it is stopped and seen.
import { plural } from '../../../base/shown.ts'

import { type Checked, filled } from '../../../posture/checks/judge.ts'
import { scores } from '../../../posture/checks/score.ts'

import type { StoppedAndSeen } from '../sink.ts'
import { html, htmlLines } from './escape.ts'

/** Checks that fail, shown in full, and places of one. */
const maxFailing = 300
const maxPlaces = 5

export function postureHtml(
  checked: readonly Checked[] | undefined,
  joined: readonly StoppedAndSeen[] | undefined,
): string {
  if (!checked?.length) return ''
  const failing = checked.filter((c) => c.status === 'fail')
  const rest = failing.length - maxFailing
  return [
    '<h2 id="posture">Posture</h2>',
    joinedHtml(joined ?? []),
    scoresHtml(checked),
    failing.length
      ? `<h3>${plural(failing.length, 'check')} that fail</h3>`
      : '',
    ...failing.slice(0, maxFailing).map(failingHtml),
    rest > 0 ? `<p>and ${plural(rest, 'more check')}</p>` : '',
  ].join('')
}

function joinedHtml(joined: readonly StoppedAndSeen[]): string {
  if (!joined.length) return ''
  const rows = joined.map(
    (j) =>
      `<tr><th scope="row">${html(j.technique)}</th><td>${html(j.said)}</td><td class="n">${j.pass}</td><td class="n">${j.fail}</td><td class="n">${j.unknown}</td></tr>`,
  )
  return `<h3>Stopped, and seen</h3><div class="wide" tabindex="0" role="region" aria-label="Stopped, and seen"><table><thead><tr><th scope="col">technique</th><th scope="col">what holds here</th><th scope="col" class="n">pass</th><th scope="col" class="n">fail</th><th scope="col" class="n">not told</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function scoresHtml(checked: readonly Checked[]): string {
  const rows = scores(checked).map(
    ({ mitigation, name, counts, percent }) =>
      `<tr><th scope="row">${html(mitigation)} ${html(name)}</th><td class="n">${percent === undefined ? 'not judged' : `${percent} %`}</td><td class="n">${counts.pass}</td><td class="n">${counts.fail}</td><td class="n">${counts.unknown}</td></tr>`,
  )
  return `<h3>Mitigations</h3><div class="wide" tabindex="0" role="region" aria-label="Mitigations"><table><thead><tr><th scope="col">mitigation</th><th scope="col" class="n">in force</th><th scope="col" class="n">pass</th><th scope="col" class="n">fail</th><th scope="col" class="n">not told</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function failingHtml({ check, expected, places, more }: Checked): string {
  const wrong = places.filter((p) => p.status === 'fail')
  const { command, policy } = check.remedy
  const said = wrong.slice(0, maxPlaces).map((p) => {
    const at = [p.key, p.name].filter(Boolean).join('!')
    const where = p.file
      ? ` (${p.file}${p.line === undefined ? '' : `:${p.line}`}${p.offset === undefined ? '' : ` at ${p.offset}`})`
      : ''
    const meaning = p.meaning ? `, ${p.meaning}` : ''
    return `<li>${html(`${at ? `${at}: ` : ''}${p.actual}${meaning}${where}`)}</li>`
  })
  const others = wrong.length - maxPlaces + more
  return `<details data-part><summary><strong>${html(check.mitigations.join(' '))}</strong> ${html(check.title)} <span class="soft">${html(check.platform)}</span></summary><div><ul>${said.join('')}${others > 0 ? `<li>and ${plural(others, 'more place')}</li>` : ''}</ul><p>Expected: ${html(expected)}</p><p>${html(check.why)}</p>${command ? `<p>Remedy:</p><pre>${htmlLines(filled(command, wrong[0]?.about ?? {}))}</pre>` : ''}${policy ? `<p>Policy: ${html(policy)}</p>` : ''}<p>Undo:</p><pre>${htmlLines(check.undo)}</pre><p class="soft">${html(check.techniques.join(' '))} ${html(check.reference)} check ${html(check.id)}</p></div></details>`
}
