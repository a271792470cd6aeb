// What stands before a line that was quoted or indented.

/** Mail programs mark what is quoted. */
export function withoutMark(line: string): string {
  return line.replace(/^(?:> ?)+/, '')
}

/** Lines that go on are moved in by people and by programs; one blank may be a blank of the record. */
const indentation = /^(?: {2,32}|\t{1,8} {0,8})(?=\S)/

/** undefined: it is not moved in. */
export function withoutIndentation(line: string): string | undefined {
  return indentation.test(line) ? line.trimStart() : undefined
}
