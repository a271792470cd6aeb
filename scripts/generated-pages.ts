// Pages that are made from tables, so that no fact is written twice.
import { type FieldRow, namesIn } from '../src/event/schema/field.ts'
import { schema } from '../src/event/schema/index.ts'

import { sigmaCodes } from '../src/languages/sigma/index.ts'
import { splCodes } from '../src/languages/spl/index.ts'

import { configCodes } from '../src/app/watch/config/codes.ts'
import { contentCodes } from '../src/content/codes.ts'

import { coveragePage } from './coverage-page.ts'

/** Path -> text. */
export async function generatedPages(): Promise<Record<string, string>> {
  return {
    'docs/errors.md': errorsPage(),
    'docs/fields.md': fieldsPage(),
    'docs/coverage.md': await coveragePage(),
  }
}

interface Code {
  readonly title: string
  readonly example: string
}

function errorsPage(): string {
  const layers: readonly [string, Readonly<Record<string, Code>>][] = [
    ['Sigma', sigmaCodes],
    ['SPL', splCodes],
    ['Content and executor', contentCodes],
    ['Configuration of a watch', configCodes],
  ]
  const sections = layers.map(([title, codes]) => {
    const entries = Object.entries(codes).map(
      ([code, { title, example }]) =>
        `### ${code}: ${title}\n\n${fence(example)}\n`,
    )
    return `## ${title}\n\n${entries.join('\n')}`
  })
  return `# Diagnostics\n\nWhat the code of a message means, with an example that produces it. This page is made from tables in the code.\n\n${sections.join('\n')}`
}

/** Examples of bounds are as long as the bound. */
const maxExample = 300

function fence(text: string): string {
  const example = text.trimEnd()
  const shown =
    example.length > maxExample
      ? `${example.slice(0, maxExample)}... (${example.length} characters)`
      : example
  return `\`\`\`\`\n${shown}\n\`\`\`\``
}

/** What stands in brackets behind a name is no part of it. */
function quoted(name: string): string {
  const [own, ...rest] = name.split(' ')
  return [`\`${own}\``, ...rest].join(' ')
}

function fieldsPage(): string {
  const groups = new Map<string, string[]>()
  for (const [name, r] of Object.entries<FieldRow>(schema)) {
    const other = [r.raw, r.cim, r.addOn, r.ecs].flatMap(namesIn)
    other.push(...namesIn(r.cimBase).map((n) => `${n} (last part)`))
    other.push(...namesIn(r.cimDir).map((n) => `${n} (all but the last part)`))
    const cells = [
      `\`${name}\``,
      r.type,
      r.meaning,
      `\`${String(r.example)}\``,
      namesIn(r.sources).join(', '),
      [...new Set(other)].map(quoted).join(', '),
    ]
    const line = `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`
    const group = groups.get(r.group)
    if (group) group.push(line)
    else groups.set(r.group, [line])
  }
  const head =
    '| field | type | meaning | example | filled by | made from, known as |\n|---|---|---|---|---|---|'
  const sections = [...groups].map(
    ([group, lines]) => `## ${group}\n\n${head}\n${lines.join('\n')}\n`,
  )
  return `# Fields\n\nThe canonical names that events bear, besides the provider's own. This page is made from [the schema](../src/event/schema/index.ts).\n\n${sections.join('\n')}`
}
