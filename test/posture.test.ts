// `ipcwatch posture`: each check on its own evidence, and the command as people call it.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { mitigationNames } from '../src/posture/checks/check.ts'

import { builtinChecks, loadChecks } from '../src/app/posture/checks.ts'
import { checkOwnEvidence } from '../src/app/posture/evidence.ts'

import { dword, text, writeHive } from './tools/hive-writer.ts'
import { run as runProduct } from './tools/product.ts'

const { checks, refused } = loadChecks(builtinChecks)

describe('checks', () => {
  it('are all read, for each mitigation of T1559', () => {
    expect(refused).toEqual([])
    expect(checks.length).toBeGreaterThanOrEqual(90)
    for (const mitigation of Object.keys(mitigationNames)) {
      expect(checks.some((c) => c.mitigations.includes(mitigation))).toBe(true)
    }
  })

  it('pass, fail and stay unknown by their own evidence', () => {
    const wrong = checks.flatMap((check) =>
      [...checkOwnEvidence(check)]
        .filter((r) => !r.ok)
        .map((r) => `${check.id}: ${r.found}`),
    )
    expect(wrong).toEqual([])
  })
})

const ole = {
  name: 'Ole',
  values: [text('EnableDCOM', 'Y'), dword('LegacyAuthenticationLevel', 2)],
}
const software = writeHive({
  name: 'ROOT',
  keys: [
    { name: 'Classes' },
    { name: 'Microsoft', keys: [ole] },
    { name: 'Policies' },
  ],
})

describe('ipcwatch posture', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'posture-'))
    writeFileSync(join(folder, 'SOFTWARE'), software)
    writeFileSync(
      join(folder, 'ok.txt'),
      'kernel.ostype = Linux\nkernel.yama.ptrace_scope = 1\n',
    )
    writeFileSync(join(folder, 'strange.txt'), 'hello')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (...args: string[]) => {
    const done = runProduct(['posture', ...args])
    return {
      ...done,
      list: () => JSON.parse(done.stdout) as Record<string, unknown>[],
    }
  }

  it('points at file, key and offset, and ends with 1 where something fails', () => {
    const done = run(join(folder, 'SOFTWARE'), '--format', 'json')
    expect(done.status).toBe(1)
    const check = done.list().find((c) => c.id === 'windows-dcom-enabled')
    expect(check).toMatchObject({
      mitigation: 'M1042',
      status: 'fail',
      evidence: [
        {
          actual: 'Y',
          key: 'HKLM\\SOFTWARE\\Microsoft\\Ole',
          name: 'EnableDCOM',
          offset: expect.any(Number),
        },
      ],
      remedy: { command: expect.stringContaining('reg add') },
    })
    expect(done.list().find((c) => c.platform === 'macos')?.status).toBe(
      'not applicable',
    )
  })

  it('ends with 0 where what was judged passes', () => {
    expect(
      run(join(folder, 'ok.txt'), '--check', 'linux-sysctl-yama-ptrace-scope')
        .status,
    ).toBe(0)
  })

  it('says what it did not understand, and ends with 3', () => {
    const done = run(join(folder, 'strange.txt'))
    expect(done.status).toBe(3)
    expect(done.stderr).toContain('is not understood')
  })

  it('prints a script with its undoing, to what was set before', () => {
    const { stdout } = run(join(folder, 'SOFTWARE'), '--fix-script')
    expect(stdout).toContain(
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Ole" /v "LegacyAuthenticationLevel" /t REG_DWORD /d 5 /f',
    )
    expect(stdout).toContain(
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Ole" /v "LegacyAuthenticationLevel" /t REG_DWORD /d 2 /f',
    )
  })

  it('names a part of the registry as its user reaches it', () => {
    const text = String.raw`Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software]

[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Word]

[HKEY_CURRENT_USER\Software\Policies\Microsoft\Office\16.0\word\security]
"vbawarnings"=dword:00000001
`
    writeFileSync(join(folder, 'own.reg'), text)
    writeFileSync(
      join(folder, 'sid.reg'),
      text.replaceAll(
        'HKEY_CURRENT_USER',
        String.raw`HKEY_USERS\S-1-5-21-7-7-7-1103`,
      ),
    )
    writeFileSync(
      join(folder, 'name.reg'),
      text.replaceAll('HKEY_CURRENT_USER', String.raw`HKEY_USERS\bob`),
    )
    const scriptFor = (name: string) =>
      run(join(folder, name), '--check', 'windows-word-macros', '--fix-script')
        .stdout
    const key = String.raw`\Software\Policies\Microsoft\Office\16.0\word\security" /v "vbawarnings" /t REG_DWORD /d`
    const indent = '    '
    for (const [file, begin] of [
      ['own.reg', 'reg add "HKCU'],
      ['sid.reg', String.raw`reg add "HKU\S-1-5-21-7-7-7-1103`],
      ['name.reg', '# signed in as bob: reg add "HKCU'],
    ] as const) {
      expect(scriptFor(file)).toContain(`\n${indent}${begin}${key} 3 /f`)
      expect(scriptFor(file)).toContain(`\n${indent}${begin}${key} 1 /f`)
    }
  })

  it('puts no name of a dump into a script that could change what it does', () => {
    const container = {
      Id: 'a',
      Name: '/x;$(id)',
      HostConfig: { Privileged: true },
    }
    const file = join(folder, 'inspect.json')
    writeFileSync(file, JSON.stringify([container]))
    const { stdout } = run(file, '--fix-script')
    expect(stdout).toMatch(
      /# by hand: the name has a name with unusual characters/,
    )
    for (const line of stdout.split('\n').filter((l) => l.includes('$(id)'))) {
      expect(line).toMatch(/^\s*#/)
    }
    execFileSync('sh', ['-n'], { input: stdout })
  })

  it('reads a mounted image, and follows no link out of it', () => {
    const root = join(folder, 'image')
    mkdirSync(join(root, 'etc/ssh'), { recursive: true })
    mkdirSync(join(root, 'etc/docker'), { recursive: true })
    mkdirSync(join(root, 'Windows/System32/config'), { recursive: true })
    writeFileSync(join(root, 'etc/os-release'), 'ID=debian\n')
    writeFileSync(
      join(root, 'etc/ssh/sshd_config'),
      'AllowAgentForwarding yes\n',
    )
    writeFileSync(join(root, 'Windows/System32/config/software'), software)
    symlinkSync('/etc/hostname', join(root, 'etc/docker/daemon.json'))
    const done = run('--root', root, '--format', 'json')
    const statusOf = (id: string) =>
      done.list().find((c) => c.id === id)?.status
    expect(statusOf('linux-sshd-allowagentforwarding')).toBe('fail')
    expect(statusOf('windows-dcom-enabled')).toBe('fail')
    expect(statusOf('linux-unit-docker-socket')).toBe('pass')
    expect(done.stderr).toContain('its link leads out of the image')
  })

  it('says on one page what is stopped and what would be seen', () => {
    const dump = join(folder, 'dde.reg')
    const key = 'HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Word'
    writeFileSync(
      dump,
      [
        'Windows Registry Editor Version 5.00',
        '',
        `[${key}]`,
        '',
        `[${key}\\Security]`,
        '"AllowDDE"=dword:00000000',
        '',
      ].join('\r\n'),
    )
    const seen = (...more: string[]) =>
      run(
        dump,
        '--quiet',
        '--check',
        'windows-word-dde',
        '--telemetry',
        'examples/documents',
        ...more,
      ).stdout
    expect(seen()).toContain('Dynamic Data Exchange: disabled by policy, ')
    const { checks, techniques } = JSON.parse(seen('--format', 'json'))
    expect(checks[0]).toMatchObject({ id: 'windows-word-dde', status: 'pass' })
    expect(techniques[0]).toMatchObject({
      technique: 'T1559.002',
      sight: 'saw',
      pass: 1,
      fail: 0,
    })
    // Telemetry in which nothing of the kind could be found.
    const log = join(folder, 'macos.jsonl')
    writeFileSync(
      log,
      '{"product":"macos","category":"xpc_connect","XpcService":"x","Image":"/a"}\n',
    )
    expect(
      run(dump, '--quiet', '--check', 'windows-word-dde', '--telemetry', log)
        .stdout,
    ).toContain(
      'Dynamic Data Exchange: disabled by policy, but you would not see it',
    )
  })

  it('judges this host without changing it', () => {
    const done = run(
      '--format',
      'json',
      '--quiet',
      '--platform',
      process.platform === 'linux' ? 'linux' : 'windows',
    )
    expect(done.list().length).toBeGreaterThan(10)
  })
})
