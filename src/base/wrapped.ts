// A paragraph in lines of a width.
import { oneLine } from './shown.ts'

/** `first` and `rest`: what stands before the first line and before the others. A word that has no room is cut. */
export function wrapped(
  text: string,
  width: number,
  first: string,
  rest: string,
): string[] {
  const lines: string[] = []
  const room = width - rest.length
  let line = first
  let isBegun = false
  for (const word of oneLine(text).split(' ')) {
    if (line.length + word.length > width && isBegun) {
      lines.push(line.trimEnd())
      line = rest
      isBegun = false
    }
    line += `${word.length > room ? `${word.slice(0, room - 3)}...` : word} `
    isBegun ||= word !== ''
  }
  if (isBegun) lines.push(line.trimEnd())
  return lines
}
