// What could have been seen: techniques and platforms as a matrix, whose cells say in words what their colour says.
import type { CoverageRow, Sight, SightCounts } from '../sink.ts'
import { html } from './escape.ts'

const order: readonly Sight[] = ['saw', 'can see', 'blind']

export function coverageHtml(
  rows: readonly CoverageRow[] | undefined,
  names: ReadonlyMap<string, string> | undefined,
): string {
  if (!rows?.length) return ''
  const platforms = [
    ...new Set(rows.flatMap((r) => Object.keys(r.platforms))),
  ].sort()
  const head = platforms.map((p) => `<th scope="col">${html(p)}</th>`).join('')
  const lines = rows.map(({ technique, platforms: of }) => {
    const name = names?.get(technique)
    const cells = platforms.map((p) => cellHtml(p, of[p]))
    return `<tr><th scope="row">${html(technique)} ${html(name ?? '')}</th>${cells.join('')}</tr>`
  })
  return `<h2 id="coverage">Coverage</h2><p>What the rules in force saw in this input, could have seen, or could not, since a log source or a field is missing. A cell counts rules; "The run" says why one was blind.</p><div class="wide" tabindex="0" role="region" aria-label="Coverage matrix"><table class="matrix"><thead><tr><th scope="col">technique</th>${head}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`
}

const words: Readonly<Record<Sight, string>> = {
  saw: 'fired',
  'can see': 'quiet',
  blind: 'blind',
}

function cellHtml(platform: string, counts: SightCounts | undefined): string {
  if (!counts)
    return `<td data-platform="${html(platform)}" class="none">-</td>`
  const best = order.find((s) => counts[s] > 0) ?? 'blind'
  const said = order
    .filter((s) => counts[s] > 0)
    .map((s) => `${counts[s]} ${words[s]}`)
  return `<td data-platform="${html(platform)}" class="s-${best.replace(' ', '-')}"><strong>${best}</strong> ${said.join(', ')}</td>`
}
