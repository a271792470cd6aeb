// What stands before a line that a container's runtime or a log's client printed, and is the line a piece of a longer one?
// Sources: Kubernetes, "CRI logging" (time, stream, tags, text); Grafana Loki, `logcli`; Docker Compose, stern.

export interface CarriedLine {
  /** Where the text begins that was carried. */
  readonly from: number
  /** What pieces of one text have in common. */
  readonly stream: string
  /** More of the text follows in the next piece of its stream. */
  readonly isOpen: boolean
}

const cri =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP])(?::[^ ]{0,256})? /
/** `2026-03-04T10:20:31Z {host="ws1", job="win"} …` */
const logcli =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16} \{\w{1,128}="(?:[^"\\]|\\.){0,1024}"[^\n]*?\} /

export function isOfRuntime(line: string): boolean {
  return cri.test(line) || logcli.test(line)
}

export function readCarried(line: string): CarriedLine {
  const ofCri = cri.exec(line)
  if (!ofCri) return { from: 0, stream: '', isOpen: false }
  const [head, stream, tag] = ofCri
  return { from: head.length, stream: stream!, isOpen: tag === 'P' }
}

const colours = /\x1b\[[0-9;]{0,16}m/g

/** Without the colours of a terminal, which clients put around a container's name. */
export function withoutColours(line: string): string {
  return line.includes('\x1b') ? line.replace(colours, '') : line
}
