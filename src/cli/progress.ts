// How far a scan is, on standard error, when that is a terminal.
import { grouped, plural } from '../base/shown.ts'

import type { ScanProgress } from '../app/scan/scan.ts'

/** Milliseconds between two lines. */
const every = 200

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  readonly #silent: boolean
  readonly #started = performance.now()
  #last = Number.NEGATIVE_INFINITY

  constructor(stream: NodeJS.WriteStream, quiet = false) {
    this.#stream = stream
    this.#silent = quiet || !stream.isTTY
  }

  listed(files: number): void {
    this.#write(() => `${plural(files, 'file')} found`)
  }

  show(progress: ScanProgress): void {
    this.#write((now) => this.#text(progress, now))
  }

  clear(): void {
    if (!this.#silent && Number.isFinite(this.#last)) {
      this.#stream.write('\r\u001b[K')
    }
  }

  #write(text: (now: number) => string): void {
    if (this.#silent) return
    const now = performance.now()
    if (now - this.#last < every) return
    this.#last = now
    this.#stream.write(`\r\u001b[K${text(now)}`)
  }

  #text(p: ScanProgress, now: number): string {
    const seconds = Math.max(0.001, (now - this.#started) / 1000)
    const share = p.totalBytes ? p.bytes / p.totalBytes : 0
    const left =
      share > 0.01
        ? ` ${printSeconds((seconds * (1 - share)) / share)} left`
        : ''
    const rate = grouped(Math.round(p.events / seconds))
    return `${Math.floor(share * 100)}% ${printBytes(p.bytes)} of ${printBytes(p.totalBytes)}, ${grouped(p.events)} events (${rate}/s), ${grouped(p.findings)} findings${left}`
  }
}

export function printBytes(n: number): string {
  if (n < 1000) return `${n} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = n / 1000
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

function printSeconds(s: number): string {
  if (s < 60) return `${Math.ceil(s)} s`
  return `${Math.floor(s / 60)} min ${Math.ceil(s % 60)} s`
}
