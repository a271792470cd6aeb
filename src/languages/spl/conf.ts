// Splunk's configuration files: `[section]` lines and `key = value` settings under them.

export interface ConfProblem {
  readonly line: number
  readonly message: string
}

export interface ConfSection {
  readonly name: string
  readonly line: number
  /** By key, in lower case. */
  readonly settings: ReadonlyMap<string, string>
}

/**
 * A line that ends with a backslash goes on in the next; one that begins with # is a comment.
 *
 *     conf    = {section {setting}}
 *     section = "[" name "]"
 *     setting = key "=" value
 */
export function readConf(text: string): {
  sections: ConfSection[]
  problems: ConfProblem[]
} {
  const sections: ConfSection[] = []
  const problems: ConfProblem[] = []
  let settings = new Map<string, string>()
  for (const { content, line } of logicalLines(text)) {
    const name = /^\[(.*)\]$/s.exec(content)?.[1]?.trim()
    const cut = content.indexOf('=')
    if (name) {
      settings = new Map()
      sections.push({ name, line, settings })
    } else if (cut < 0) {
      problems.push({
        line,
        message: `"${content.slice(0, 40)}" is neither a section nor a setting`,
      })
    } else {
      const key = content.slice(0, cut).trim().toLowerCase()
      settings.set(key, content.slice(cut + 1).trim())
    }
  }
  return { sections, problems }
}

function* logicalLines(
  text: string,
): Generator<{ content: string; line: number }> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1
    const first = lines[i]!.trim()
    if (!first || first.startsWith('#')) continue
    const parts = [first]
    while (parts.at(-1)!.endsWith('\\') && i + 1 < lines.length) {
      parts.push(parts.pop()!.slice(0, -1), lines[++i]!.trim())
    }
    yield { content: parts.join('\n'), line }
  }
}

export function byLine(a: ConfProblem, b: ConfProblem): number {
  return a.line - b.line
}

export function isTrue(value: string | undefined): boolean {
  return /^(?:1|t|true|y|yes)$/i.test(value ?? '')
}
