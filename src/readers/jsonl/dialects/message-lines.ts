// Agents that send a line an event write each break and each tab of a message as a blank, and some make one blank of several: back to
// the lines, by the labels that are known.
import { otherSections, english } from './message-labels.ts'

/** Names that begin most of Sysmon's messages, and those that the events of pipes, images and access have besides. */
const sysmonNames =
  'RuleName EventType UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser PipeName ImageLoaded Signed Signature SignatureStatus TargetObject Details TargetFilename CreationUtcTime SourceProcessGUID SourceProcessGuid SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessGuid TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser NewThreadId StartAddress StartModule StartFunction Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName PreviousCreationUtcTime Archived IsExecutable ClientInfo QueryName QueryStatus QueryResults Operation EventNamespace Name Query Consumer Filter Destination Type'
const beforePair = new RegExp(
  String.raw`\s+(?=(?:${sysmonNames.replaceAll(' ', '|')}):(?:\s|$))`,
  'g',
)

/** The first words of what Windows explains below the data. */
const explanations =
  'Token Elevation Type indicates|This event is generated|The subject fields'
const known = Object.values(english).flatMap(Object.keys)
/** A label that ends as another does comes before it. */
const labels = [...known, ...otherSections]
  .sort((a, b) => b.length - a.length)
  .join('|')
const beforeLabel = new RegExp(
  String.raw`\s{2,}(?=(?:${labels}):(?:\s|$)|${explanations})`,
  'g',
)
const label = new RegExp(
  ` (?:((?:${labels}):)(?= |$)|(?=${explanations}))`,
  'g',
)

/** Messages without sections, their labels at the margin: a break before each is one blank. */
const atMargin: Readonly<Record<string, readonly string[]>> = {
  7045: [
    'Service Name',
    'Service File Name',
    'Service Type',
    'Service Start Type',
    'Service Account',
  ],
}

/** A message of Sysmon. */
export function sysmonLines(message: string): string {
  return message.includes('\n') ? message : message.replaceAll(beforePair, '\n')
}

/** Of any other event. */
export function labelledLines(id: string, message: string): string {
  if (message.includes('\n')) return message
  const order = Object.hasOwn(atMargin, id) ? atMargin[id] : undefined
  if (order) return linesInOrder(message, order)
  return /\s{2}/.test(message.trim())
    ? message.replaceAll(beforeLabel, '\n')
    : message.replaceAll(label, (_, own?: string) => `\n${own ?? ''}`)
}

/** The first label as soon as it comes, the others from behind: what an attacker chose stands in between, whatever labels it has. */
function linesInOrder(message: string, order: readonly string[]): string {
  const [first, ...others] = order
  const begin = message.indexOf(`${first}:`)
  if (begin < 0) return message
  let rest = message
  const lines: string[] = []
  for (const name of others.toReversed()) {
    const at = rest.lastIndexOf(` ${name}:`)
    if (at <= begin) continue
    lines.unshift(rest.slice(at + 1))
    rest = rest.slice(0, at)
  }
  return [rest.slice(0, begin), rest.slice(begin), ...lines].join('\n')
}
