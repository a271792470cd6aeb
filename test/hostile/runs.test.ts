// Whole runs over what somebody designed: what must be found is found, nothing is said that no person asked for, and the heap stays small.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { caches } from './caches.ts'
import { inputs } from './inputs.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-runs-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Megabytes of a heap in which every designed input must be read; what lives on, without what V8 needs itself. */
const heapMegabytes = 128

const sysmon = {
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'good.example',
  UtcTime: '2026-01-01 00:00:00.000',
  Image: 'C:\\good.exe',
}
const good = join(root, 'good.jsonl')
writeFileSync(good, `${JSON.stringify(sysmon)}\n`)

const ruleOf = (title: string, image: string) =>
  `title: ${title}\nlevel: high\nlogsource: {product: windows}\ndetection: {s: {Image: '${image}'}, condition: s}\n`

function rulesIn(name: string, others: number): string {
  const folder = join(root, name)
  mkdirSync(folder)
  for (let i = 0; i < others; i++) {
    writeFileSync(join(folder, `${i}.yml`), ruleOf(`rule ${i}`, `C:\\${i}.exe`))
  }
  writeFileSync(join(folder, 'hit.yml'), ruleOf('hit', 'C:\\good.exe'))
  return folder
}

function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, 'dist/cli/main.js', ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
      env: { ...process.env, IPCWATCH_CACHE: 'off', ...env },
    },
  )
  return { status, signal, stdout, stderr }
}

describe('a cache', () => {
  const cache = join(root, 'cache')
  const rules = rulesIn('kept', 150)
  const scan = () =>
    run(
      ['scan', good, '--rules', rules, '--no-builtin', '--format', 'ndjson'],
      { IPCWATCH_CACHE: cache },
    )

  const whole = join(root, 'whole cache')
  let first: ReturnType<typeof scan>

  beforeAll(() => {
    first = scan()
    cpSync(cache, whole, { recursive: true })
  })

  it.each(Object.entries(caches))('%s hides no finding', (_, change) => {
    rmSync(cache, { recursive: true, force: true })
    cpSync(whole, cache, { recursive: true })
    const [name] = readdirSync(cache)
    const path = join(cache, name!)
    change(path, readFileSync(path, 'utf8'))
    const second = scan()
    expect(first.stdout).toContain('"hit"')
    expect(second.stdout).toBe(first.stdout)
    expect(second.status).toBe(1)
  })
})

describe('a small heap is enough', () => {
  const large = inputs.flatMap(({ what, name = 'in.json', make, heldSize }) =>
    heldSize ? [[what, name, make(heldSize)] as const] : [],
  )
  it.each(large)('for %s', (_, name, bytes) => {
    const path = join(root, name)
    writeFileSync(path, bytes)
    const { status, signal, stderr, stdout } = run([
      ...['scan', path, good, '--rules', rulesFolder(), '--no-builtin'],
      ...['--workers', '2', '--format', 'ndjson'],
    ])
    expect({ signal, stderr: stderr.match(/^\s+at .*/m) }).toEqual({
      signal: null,
      stderr: null,
    })
    expect(status).toBe(1)
    expect(stdout).toContain('"good.example"')
  })

  let made: string | undefined
  function rulesFolder(): string {
    made ??= rulesIn('few', 1)
    return made
  }

  it('for starts that wait for a twin', () => {
    const path = join(root, 'starts.json')
    let text = ''
    for (let i = 0; i < 20_000; i++) {
      text += `${JSON.stringify({ ...sysmon, ProcessId: i, EventRecordID: i })}\n`
    }
    writeFileSync(path, text)
    const { status, stdout } = run([
      ...['scan', path, '--rules', rulesFolder(), '--no-builtin'],
      ...['--format', 'ndjson'],
    ])
    expect(status).toBe(1)
    expect(stdout.trim().split('\n')).toHaveLength(20_000)
  })
})

describe.runIf(process.platform === 'linux')('standard output that is', () => {
  const said = 'nobody sees what is printed there'
  const scan = (to: string) =>
    spawnSync(
      'sh',
      [
        ...['-c', `exec "$0" "$@" ${to}`, process.execPath],
        ...[
          'dist/cli/main.js',
          'scan',
          good,
          '--rules',
          rulesIn(`to${to.length}`, 1),
        ],
        ...['--no-builtin', '--format', 'ndjson'],
      ],
      { encoding: 'utf8', env: { ...process.env, IPCWATCH_CACHE: 'off' } },
    )

  it('closed is said, and the code is that of what was found', () => {
    const { status, stderr } = scan('>&-')
    expect(stderr).toContain(said)
    expect(status).toBe(1)
  })

  it('thrown away by the shell is not spoken of', () => {
    const { status, stderr } = scan('>/dev/null')
    expect(stderr).not.toContain(said)
    expect(status).toBe(1)
  })
})

describe.runIf(process.platform !== 'win32')('a walk', () => {
  it('among folders that link to each other, devices and names that are no text reads each file once', () => {
    const folder = join(root, 'walk')
    const count = 8
    for (let i = 0; i < count; i++)
      mkdirSync(join(folder, `f${i}`), { recursive: true })
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        symlinkSync(`../f${j}`, join(folder, `f${i}`, `l${j}`))
      }
    }
    symlinkSync('/dev/zero', join(folder, 'zero.jsonl'))
    symlinkSync('loop', join(folder, 'loop'))
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/f0/`), Buffer.from([0xff, 0xfe])]),
      `${JSON.stringify(sysmon)}\n`,
    )
    const { status, stdout } = run([
      ...['events', folder, '--format', 'ndjson', '--workers', '0'],
    ])
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect([0, 3]).toContain(status)
  })
})
