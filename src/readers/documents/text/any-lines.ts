// The lines of a text whose program takes any of the three ways to end one.

export interface PlacedLine {
  readonly text: string
  /** Of its first unit. */
  readonly at: number
}

export function* anyLines(text: string): Generator<PlacedLine> {
  const ends = /\r\n?|\n/g
  let at = 0
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    yield { text: text.slice(at, end.index), at }
    at = ends.lastIndex
  }
  if (at < text.length) yield { text: text.slice(at), at }
}
