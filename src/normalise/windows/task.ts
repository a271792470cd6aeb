// What does a scheduled task run? Its definition is XML in a field of 4698; only the actions are taken from it.

/** Longest definition looked at, in UTF-16 units; the Task Scheduler's own are some 2,000. */
const maxTaskXml = 65_536

/** Actions taken from one definition; the Task Scheduler allows 32. */
const maxActions = 32

const action =
  /<(Command|Arguments|ClassId)>([^<]{0,32768})<\/(?:Command|Arguments|ClassId)>/g

/** The commands, their arguments and the COM handlers' class ids, in order, with a blank between. */
export function taskCommand(xml: string): string | undefined {
  const parts: string[] = []
  for (const [, , text] of xml.slice(0, maxTaskXml).matchAll(action)) {
    parts.push(unescapeXml(text!.trim()))
    if (parts.length === maxActions) break
  }
  return parts.length ? parts.join(' ') : undefined
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
}

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]!)
}
