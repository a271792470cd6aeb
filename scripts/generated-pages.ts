// Pages that are made from tables, so that no fact is written twice.
import { schema } from '../src/event/schema.ts'
import { sigmaCodes } from '../src/languages/sigma/index.ts'

/** Path -> text. */
export function generatedPages(): Record<string, string> {
  return { 'docs/errors.md': errorsPage(), 'docs/fields.md': fieldsPage() }
}

interface Code {
  readonly title: string
  readonly example: string
}

function errorsPage(): string {
  const layers: readonly (readonly [string, Readonly<Record<string, Code>>])[] =
    [['S: Sigma', sigmaCodes]]
  const sections = layers.map(([title, codes]) => {
    const entries = Object.entries(codes).map(
      ([code, { title, example }]) =>
        `### ${code}: ${title}\n\n${fence(example)}\n`,
    )
    return `## ${title}\n\n${entries.join('\n')}`
  })
  return `# Diagnostics\n\nWhat a message's code means, with an example that produces it. This page is made from the tables in the code.\n\n${sections.join('\n')}`
}

function fence(text: string): string {
  return `\`\`\`\`\n${text.trimEnd()}\n\`\`\`\``
}

function fieldsPage(): string {
  return String(schema)
}
