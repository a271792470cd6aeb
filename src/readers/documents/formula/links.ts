// Links of DDE in a formula: `service|topic!item`, of which each may stand between apostrophes.
import type { Dde } from '../dde.ts'
import type { FormulaReading } from './reading.ts'

/** Of the name of a server that blanks take apart. */
const maxServiceTokens = 64

/** Excel passes over blanks within the name of a server: `C m d|…`. The reading goes on at the bar. */
export function spacedService(reading: FormulaReading): string | undefined {
  const parts: string[] = []
  let token = reading.token()
  while (token && parts.length < maxServiceTokens) {
    if (token.kind !== 'number' && (token.kind !== 'name' || token.isQuoted))
      break
    parts.push(token.text)
    token = reading.token(parts.length)
  }
  const isLink = token?.kind === 'mark' && token.text === '|'
  if (parts.length < 2 || !isLink) return undefined
  reading.at += parts.length
  return parts.join('')
}

/** At the bar. undefined: it is none. `valueOf`: of a cell or name of which a topic is put together. */
export function linkOf(
  reading: FormulaReading,
  service: string,
  comesTo: (name: string) => string | undefined,
): Dde | undefined {
  reading.at++
  const topic = reading.token()
  const isQuoted = topic?.kind === 'name' && topic.isQuoted
  const joined = isQuoted ? undefined : joinedTopic(reading, comesTo)
  if (joined !== undefined) return linkTo(reading, service, joined)
  const parts: string[] = []
  for (let t = reading.token(); t; t = reading.token()) {
    if (t.kind === 'mark' && '!,;)&'.includes(t.text)) break
    parts.push(t.text)
    reading.at++
    if (t.kind === 'name' && t.isQuoted) break
  }
  // Without an item it is none, but for a topic that only a link can have.
  if (!isQuoted && reading.mark() !== '!') return undefined
  return linkTo(reading, service, parts.join(''))
}

/** Cells that one topic is put together of. */
const maxJoined = 256

/** `A1&B2` before the `!` of the item. undefined: it is not put together; the reading has not moved. */
function joinedTopic(
  reading: FormulaReading,
  comesTo: (name: string) => string | undefined,
): string | undefined {
  const parts: string[] = []
  let ahead = 0
  while (parts.length < maxJoined) {
    const token = reading.token(ahead)
    const behind = reading.token(ahead + 1)
    if (!token || token.kind === 'mark' || behind?.kind !== 'mark') break
    parts.push(
      token.kind === 'name' ? (comesTo(token.text) ?? '…') : token.text,
    )
    ahead += 1
    if (behind.text === '!' && parts.length > 1) {
      reading.at += ahead
      return parts.join('')
    }
    if (behind.text !== '&') break
    ahead += 1
  }
  return undefined
}

/** The reading is behind the topic; what stands there may be an item. */
export function linkTo(
  reading: FormulaReading,
  service: string,
  topic: string,
): Dde {
  let item = ''
  if (reading.take('!')) {
    const token = reading.token()
    if (token && token.kind !== 'mark') {
      item = token.text
      reading.at++
    }
  }
  return { service, topic, ...(item && { item }) }
}
