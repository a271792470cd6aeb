// What do rules on scripts cost where the log is full of PowerShell? usage: npm run build && npx tsx bench/script-blocks.ts [blocks]
// Distinct blocks of 2 kB as modules of a company have them, scanned with the rules that ship and without those on scripts.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const count = Number(process.argv[2] ?? 4_000)
const rounds = 5
const cli = resolve('dist/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))

try {
  const log = join(folder, 'blocks.jsonl')
  const few = join(folder, 'few.jsonl')
  const lines = Array.from({ length: count }, (_, i) => `${lineOf(i)}\n`)
  writeFileSync(log, lines.join(''))
  writeFileSync(few, lines.slice(0, 4).join(''))
  const rules = join(folder, 'rules')
  cpSync('content/rules', rules, {
    recursive: true,
    filter: (path) => !asksScripts(path),
  })
  const without = ['--no-builtin', '--rules', rules]
  const best = {
    all: bestOf(log, []) - bestOf(few, []),
    without: bestOf(log, without) - bestOf(few, without),
  }
  const bytes = Buffer.byteLength(lines.join(''))
  for (const [name, s] of Object.entries(best))
    console.log(
      `${name}: ${Math.round(count / s)} blocks/s, ${(bytes / s / 1e6).toFixed(1)} MB/s`,
    )
  console.log(`ratio ${(best.all / best.without).toFixed(2)}`)
} finally {
  rmSync(folder, { recursive: true })
}

function asksScripts(path: string): boolean {
  return (
    /rule\.(?:yml|spl)$/.test(path) &&
    readFileSync(path, 'utf8').includes('script_action')
  )
}

function bestOf(path: string, more: readonly string[]): number {
  const all = Array.from({ length: rounds }, () => seconds(path, more))
  return Math.min(...all)
}

function seconds(path: string, more: readonly string[]): number {
  const stats = join(folder, 'stats.json')
  const options = ['--workers', '0', '--quiet', '--stats', stats]
  spawnSync(process.execPath, [
    cli,
    'scan',
    path,
    ...options,
    '-o',
    join(folder, 'found.ndjson'),
    ...more,
  ])
  const read = JSON.parse(readFileSync(stats, 'utf8')) as {
    seconds: { scan: number }
  }
  return read.seconds.scan
}

function lineOf(i: number): string {
  return JSON.stringify({
    Provider_Name: 'Microsoft-Windows-PowerShell',
    Channel: 'Microsoft-Windows-PowerShell/Operational',
    EventID: 4104,
    EventRecordID: i + 1,
    Computer: 'ws1.example',
    TimeCreated_SystemTime: new Date(Date.UTC(2026, 1, 1) + i).toISOString(),
    MessageNumber: 1,
    MessageTotal: 1,
    ScriptBlockId: String(i),
    ScriptBlockText: blockOf(i),
  })
}

function blockOf(i: number): string {
  const body = Array.from({ length: 18 }, (_, j) => statement(i * 31 + j * 7))
  return `function Get-Corp${i} {\n  [CmdletBinding()]\n  param([string]$Name, [int]$Count = ${i})\n  process {\n${body.join('\n')}\n  }\n}\n`
}

function statement(n: number): string {
  const all = [
    `    $v${n % 50} = Get-Service -Name "item${n}" -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }`,
    `    if ($v${n % 50}.Count -gt ${n}) { Write-Verbose ("Found {0} of {1}" -f $Count, ${n}) } else { Write-Warning 'none ${n}' }`,
    `    foreach ($x in $v${n % 50}) { $results += [pscustomobject]@{ Name = $x.Name; Size = $x.Length / 1MB; Id = ${n} } }`,
    `    $path = [System.IO.Path]::Combine($env:ProgramData, 'Corp', "data${n}.json")`,
    `    $parts = $path -replace '\\s+', ' ' -split ',' # step ${n}: what was done`,
    `    try { $r = Invoke-RestMethod -Uri "https://intra.example/api/${n}" } catch { Write-Error $_.Exception.Message }`,
  ]
  return all[n % all.length]!
}
