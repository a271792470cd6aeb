// Hosts of other systems, by counterparts that print what their programs print: which commands are asked, and what checks make of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { judge } from '../../posture/checks/judge.ts'
import { Facts } from '../../posture/facts/facts.ts'

import { builtinChecks, loadChecks, wantedKeys } from './checks.ts'
import { type Host, readHost } from './host.ts'

const folder = mkdtempSync(join(tmpdir(), 'host-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { checks } = loadChecks(builtinChecks)

function statuses(host: Host) {
  const facts = new Facts(wantedKeys(checks))
  const notes: string[] = []
  readHost({ facts, checks, note: (m) => notes.push(m) }, host)
  const of = (id: string) =>
    judge(checks.find((c) => c.id === id)!, facts).status
  return { of, notes }
}

/** As `reg query KEY /s` prints. */
const registry: Readonly<Record<string, readonly string[]>> = {
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole': [
    '    EnableDCOM    REG_SZ    N',
    '    LegacyAuthenticationLevel    REG_DWORD    0x6',
  ],
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa': [
    '    RunAsPPL    REG_DWORD    0x0',
  ],
  'HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Word\\Security': [
    '    AllowDDE    REG_DWORD    0x2',
  ],
}

const longKey = (key: string) =>
  key
    .replace(/^HKLM/, 'HKEY_LOCAL_MACHINE')
    .replace(/^HKCU/, 'HKEY_CURRENT_USER')
    .toLowerCase()

function missing(program: string, stderr: string): never {
  throw Object.assign(new Error(`${program} failed`), {
    stderr: Buffer.from(stderr),
  })
}

const windows = (asked: string[][]): Host => ({
  platform: 'win32',
  root: 'C:\\',
  run([program, ...args]) {
    asked.push([program, ...args])
    switch (program) {
      case 'reg': {
        const wanted = longKey(args[1]!)
        const found = Object.entries(registry).filter(([key]) => {
          const at = key.toLowerCase()
          return at === wanted || at.startsWith(`${wanted}\\`)
        })
        if (!found.length)
          missing(
            'reg',
            'ERROR: The system was unable to find the specified registry key or value.\r\n',
          )
        const text = found.map(
          ([key, values]) => `\r\n${key}\r\n${values.join('\r\n')}\r\n`,
        )
        return Buffer.from(text.join(''))
      }
      case 'secedit':
        writeFileSync(
          args[args.indexOf('/cfg') + 1]!,
          Buffer.from(
            '\ufeff[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\nSeDebugPrivilege = *S-1-5-32-544\r\nSeTcbPrivilege = *S-1-1-0\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n',
            'utf16le',
          ),
        )
        return Buffer.from('The task has completed successfully.\r\n')
      case 'net':
        return Buffer.from(
          `Alias name     ${args[1]}\r\nComment        Members are allowed to launch\r\n\r\nMembers\r\n\r\n-------------------------------------------------------------------------------\r\n${args[1] === 'Performance Log Users' ? '' : 'CORP\\helpdesk\r\n'}The command completed successfully.\r\n\r\n`,
        )
      case 'powershell':
        return Buffer.from(
          JSON.stringify({
            DisableRealtimeMonitoring: false,
            DisableScriptScanning: true,
            AttackSurfaceReductionRules_Ids: [
              'd4f940ab-401b-4efc-aadc-ad5f3c50688a',
            ],
            AttackSurfaceReductionRules_Actions: [1],
          }),
        )
      default:
        return missing(program, 'not scripted')
    }
  },
})

describe('a Windows host, scripted', () => {
  const asked: string[][] = []
  const { of, notes } = statuses(windows(asked))

  it('is judged by its registry, its policy, its groups and Defender', () => {
    expect(of('windows-dcom-enabled')).toBe('pass')
    expect(of('windows-dcom-authentication')).toBe('pass')
    expect(of('windows-lsa-protection')).toBe('fail')
    expect(of('windows-word-dde')).toBe('fail')
    expect(of('windows-right-debug')).toBe('pass')
    expect(of('windows-right-tcb')).toBe('fail')
    expect(of('windows-group-distributed-com-users')).toBe('fail')
    expect(of('windows-group-performance-log-users')).toBe('pass')
    expect(of('windows-asr-office-child')).toBe('pass')
    expect(of('windows-defender-script-scan')).toBe('fail')
  })

  it('takes a key that is not there for one below which nothing is set', () => {
    expect(of('windows-wsh-enabled')).toBe('fail')
    expect(notes.filter((n) => /unable to find/.test(n))).toEqual([])
  })

  it('is only read', () => {
    for (const [program, ...args] of asked) {
      const line = [program, ...args].join(' ')
      expect(line).toMatch(
        /^(?:reg query \S.* \/s|secedit \/export |net localgroup [\w ]+$|powershell -NoProfile -NonInteractive -Command Get-MpPreference )/,
      )
      expect(line).not.toMatch(/\b(?:add|delete|set-|configure|import)\b/i)
    }
    expect(asked.length).toBeGreaterThan(10)
  })
})

function macRoot(): string {
  const root = join(folder, 'mac')
  const put = (path: string, text: string) => {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  put(
    'System/Library/CoreServices/SystemVersion.plist',
    '<?xml version="1.0"?><plist version="1.0"><dict><key>ProductName</key><string>macOS</string></dict></plist>',
  )
  put(
    'Library/LaunchDaemons/com.example.helper.plist',
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>Label</key><string>com.example.helper</string><key>Program</key><string>/tmp/helper</string><key>EnvironmentVariables</key><dict><key>DYLD_INSERT_LIBRARIES</key><string>/tmp/x.dylib</string></dict></dict></plist>',
  )
  return root
}

describe('a macOS host, scripted', () => {
  const asked: string[][] = []
  const { of } = statuses({
    platform: 'darwin',
    root: macRoot(),
    run([program, ...args]) {
      asked.push([program, ...args])
      if (program === 'csrutil')
        return Buffer.from('System Integrity Protection status: disabled.\n')
      if (program === 'spctl') return Buffer.from('assessments enabled\n')
      if (program === 'santactl')
        return Buffer.from(
          '{"daemon":{"mode":"Monitor","log_type":"file","watchdog_cpu_events":0,"watchdog_ram_events":0}}\n',
        )
      return missing(program, 'not scripted')
    },
  })

  it('is judged by its tools and its files', () => {
    expect(of('macos-sip')).toBe('fail')
    expect(of('macos-gatekeeper')).toBe('pass')
    expect(of('macos-santa')).toBe('fail')
    expect(of('macos-launchd-libraries')).toBe('fail')
    expect(of('macos-launchd-place')).toBe('fail')
  })

  it('is only read', () => {
    expect(asked).toEqual([
      ['csrutil', 'status'],
      ['spctl', '--status'],
      ['santactl', 'status', '--json'],
    ])
  })
})
