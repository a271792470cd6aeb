// A line may end before the head of its record does: in `type=`, between it and `msg=audit(`, or within the stamp.
import { readHeader } from './header.ts'
import { withoutMark } from './mark.ts'

const begun = /(?:^|\s)type=([A-Z][A-Z0-9_]{0,39})(?: (\S{0,64}))?$/
/** What names the sender, or the host: a record may follow. */
const beforeType =
  /\s(?:node=\S{1,128}|au\w{0,32}(?:-\w{1,32})?(?:\[\d{1,10}\])?:)$/
const stampBegun = /^(?:msg=)?audit\([\d.:]{0,48}$/

/** Does it end within the head of a record? In UTF-16 units heads are short. */
export function endsInHead(line: string): boolean {
  const end = line.slice(-256).trimEnd()
  const m = begun.exec(end)
  if (!m) return beforeType.test(end)
  const rest = m[2] ?? ''
  return (
    'msg=audit('.startsWith(rest) ||
    'audit('.startsWith(rest) ||
    stampBegun.test(rest)
  )
}

/** The record that both lines begin; undefined: they begin none. */
export function joinedHead(line: string, next: string): string | undefined {
  const rest = withoutMark(next)
  const soft = `${line.trimEnd()} ${rest.trimStart()}`
  return [`${line}${rest}`, soft].find((text) => readHeader(text))
}
