// Pages that are made from tables, so that no fact is written twice.
import { schema } from '../src/event/schema.ts'

import { sigmaCodes } from '../src/languages/sigma/index.ts'
import { splCodes } from '../src/languages/spl/index.ts'

import { contentCodes } from '../src/content/codes.ts'

/** Path -> text. */
export function generatedPages(): Record<string, string> {
  return { 'docs/errors.md': errorsPage(), 'docs/fields.md': fieldsPage() }
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

function fieldsPage(): string {
  const groups = new Map<string, string[]>()
  for (const [name, row] of Object.entries(schema)) {
    const r: {
      group: string
      type: string
      meaning: string
      example: unknown
      sources: readonly string[]
      cim?: readonly string[]
      ecs?: readonly string[]
      raw?: readonly string[]
    } = row
    const other = [...(r.raw ?? []), ...(r.cim ?? []), ...(r.ecs ?? [])]
    const cells = [
      `\`${name}\``,
      r.type,
      r.meaning,
      `\`${String(r.example)}\``,
      r.sources.join(', '),
      other.map((n) => `\`${n}\``).join(', '),
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
  return `# Fields\n\nThe canonical names that events bear, besides the provider's own. This page is made from [the schema](../src/event/schema.ts).\n\n${sections.join('\n')}`
}
