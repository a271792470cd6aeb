// A record that stands in the quotes of another line: `time=… level=info msg="type=SYSCALL msg=audit(…): comm=\"tar\" …"`, as programs
// that write logfmt hand records on. What they escape is JSON's.

const opening = /="(?=(?:node=\S{1,255} )?type=[A-Z\d])/
/** Within the quotes, up to the one that ends them. */
const inside = /^((?:[^"\\]|\\.)*)"/

/** The record alone; the line as it is where it holds none so. */
export function outOfQuotes(line: string): string {
  if (line.startsWith('type=') || line.startsWith('node=')) return line
  const from = opening.exec(line)
  if (!from) return line
  const text = inside.exec(line.slice(from.index + 2))?.[1]
  // Nothing is escaped where its own quotes are not: then the first of them ends it.
  if (text === undefined || !/\baudit\(/.test(text)) return line
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return line
  }
}
