// Windows, where koffi is not there: a PowerShell that comes with the system reads the event log, by record numbers, and writes lines.
// Sources: Microsoft Learn, System.Diagnostics.Eventing.Reader (EventLogQuery, EventLogReader), "about_PowerShell_exe".
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { TellingChild } from '../child.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { type ChannelListener, RecordNumbers, recordNumber } from './channel.ts'
import { channelsOf, listenerOf } from './sensor.ts'

const usual = join(
  process.env.SystemRoot ?? 'C:\\Windows',
  'System32',
  'WindowsPowerShell',
  'v1.0',
  'powershell.exe',
)

/**
 * Each line begins with what it is: `event CHANNEL XML`, `bad CHANNEL WORDS` of one that cannot be read, `trouble CHANNEL WORDS`; texts as base64 of UTF-8. A reader has an end, so one is
 * made for each look, behind the last number; where the newest number is lower, the log was cleared, and is read from its beginning.
 */
const script = `
$ErrorActionPreference = 'Stop'
$asked = $env:IPCWATCH_CHANNELS | ConvertFrom-Json
function Say($what, $channel, $text) {
  $parts = @($channel, $text) | ForEach-Object { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$_)) }
  [Console]::Out.WriteLine("$what $($parts -join ' ')")
}
function Newest($channel) {
  $query = New-Object System.Diagnostics.Eventing.Reader.EventLogQuery($channel, 'LogName', '*')
  $query.ReverseDirection = $true
  $reader = New-Object System.Diagnostics.Eventing.Reader.EventLogReader($query)
  try {
    $event = $reader.ReadEvent()
    if ($null -eq $event) { return [long]0 }
    try { return [long]$event.RecordId } finally { $event.Dispose() }
  } finally { $reader.Dispose() }
}
$last = @{}
foreach ($one in $asked) { if ($null -ne $one.number) { $last[$one.name] = [long]$one.number } }
while ($true) {
  foreach ($one in $asked) {
    $channel = $one.name
    try {
      $newest = Newest $channel
      if (-not $last.ContainsKey($channel)) { $last[$channel] = $newest; continue }
      if ($newest -eq $last[$channel]) { continue }
      if ($newest -lt $last[$channel]) { $last[$channel] = [long]0 }
      $path = "*[System[EventRecordID>$($last[$channel])]]"
      $query = New-Object System.Diagnostics.Eventing.Reader.EventLogQuery($channel, 'LogName', $path)
      $reader = New-Object System.Diagnostics.Eventing.Reader.EventLogReader($query)
      try {
        while ($null -ne ($event = $reader.ReadEvent())) {
          $number = [long]$event.RecordId
          try { Say 'event' $channel $event.ToXml() } catch { Say 'bad' $channel $_.Exception.Message }
          $event.Dispose()
          $last[$channel] = $number
        }
      } finally { $reader.Dispose() }
    } catch { Say 'trouble' $channel $_.Exception.Message }
  }
  [Console]::Out.Flush()
  Start-Sleep -Milliseconds 500
}
`

export const eventLogByPowerShell: Sensor = byPowerShell(usual)

export function byPowerShell(program: string): Sensor {
  return {
    name: 'event-log-powershell',
    platform: 'win32',
    sees: 'the same, through a PowerShell that reads it twice a second',
    group: 'event-log',
    follows: 'channels',
    probe: () => probe(program),
    start: (options) => new Reading(program, options),
  }
}

function probe(program: string): Probe {
  const can = existsSync(program)
  const detail = can ? program : `${program} is not there`
  return { can, detail, isUnproven: true }
}

class Reading implements RunningSensor {
  readonly #options: SensorOptions
  readonly #listener: ChannelListener
  readonly #child: TellingChild
  readonly #numbers = new Map<string, RecordNumbers>()
  readonly #troubles = new Map<string, string>()
  #seen = 0

  constructor(program: string, options: SensorOptions) {
    this.#options = options
    this.#listener = listenerOf(options)
    const asked = channelsOf(options).map(({ name, position: { number } }) => {
      this.#numbers.set(name, new RecordNumbers(name, this.#listener, number))
      return { name, number }
    })
    const encoded = Buffer.from(script, 'utf16le').toString('base64')
    this.#child = new TellingChild(
      program,
      ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded],
      {
        name: 'PowerShell',
        env: { ...process.env, IPCWATCH_CHANNELS: JSON.stringify(asked) },
        line: (line) => this.#take(line),
        failed: options.failed,
      },
    )
  }

  counts(): SensorCounts {
    const lost = [...this.#numbers.values()].reduce((n, c) => n + c.lost, 0)
    return { seen: this.#seen, dropped: lost }
  }

  async stop(): Promise<void> {
    await this.#child.stop()
  }

  #take(line: string): void {
    const [what, ...parts] = line.split(' ')
    const [channel = '', text = ''] = parts.map((p) =>
      Buffer.from(p, 'base64').toString(),
    )
    const numbers = this.#numbers.get(channel)
    if (!numbers) return
    if (what === 'event') {
      this.#seen++
      numbers.met(recordNumber(text))
      this.#listener.event(text)
      const number = numbers.last
      if (number !== undefined) this.#listener.reached(channel, { number })
    } else if (what === 'bad') {
      this.#seen++
      numbers.skip()
      const detail = `${channel}: an event could not be read: ${text}`
      this.#listener.health('dropped', 1, detail)
    } else if (what === 'trouble' && this.#troubles.get(channel) !== text) {
      this.#troubles.set(channel, text)
      this.#options.warn?.(`${channel}: ${text}`)
    }
  }
}
