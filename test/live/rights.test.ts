// Rights parted: the sensor holds only its capabilities and is nobody; the engine is nobody, and has none.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { sensorNamed } from '../../src/sensors/index.ts'

import { has } from './shell.ts'
import { cli } from '../tools/product.ts'
import { Stage } from './stage.ts'

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']
const only = (capabilities: string) => {
  const list = ['-all', ...capabilities.split(' ').filter(Boolean)].join(',')
  return [
    `--inh-caps=${list}`,
    `--ambient-caps=${list}`,
    `--bounding-set=${list}`,
  ]
}

const why = whyNot()

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'this is no Linux'
  const { can, detail } = sensorNamed('ebpf').trial!()
  if (!can) return detail
  if (process.getuid?.() !== 0) return 'root alone can become nobody'
  if (!has('setpriv') || !has('gcc')) return 'no setpriv, or no gcc'
  const read = spawnSync('setpriv', [...nobody, 'test', '-r', cli])
  return read.status === 0 ? undefined : 'nobody may not read this folder'
}

describe.skipIf(why)(`rights${why ? ` (skipped: ${why})` : ''}`, () => {
  let stage: Stage
  beforeAll(() => {
    stage = new Stage('ebpf')
  })
  afterAll(async () => await stage.end())

  it('are enough for the sensor with two capabilities, and for the engine with none', async () => {
    const sensor = spawn(
      'setpriv',
      [
        ...nobody,
        ...only('+bpf +perfmon'),
        process.execPath,
        cli,
        'sensors',
        'run',
        'ebpf',
        '--scope',
        `pid:${stage.pid}`,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const lines: string[] = []
    createInterface({ input: sensor.stdout }).on('line', (l) => lines.push(l))
    for await (const said of createInterface({ input: sensor.stderr }))
      if (said.includes('ebpf runs')) break
    const status = readFileSync(`/proc/${sensor.pid}/status`, 'utf8')
    expect(status).toMatch(/^CapEff:\t000000c000000000$/m)
    expect(status).toMatch(/^Uid:\t65534\t65534/m)
    await stage.run('./ipc ptrace; sleep 0.5')
    const ended = once(sensor, 'exit')
    sensor.kill('SIGTERM')
    await ended
    chmodSync(stage.folder, 0o777)
    const told = join(stage.folder, 'told.ndjson')
    writeFileSync(told, `${lines.join('\n')}\n`)
    const { stdout, status: code } = spawnSync(
      'setpriv',
      [
        ...nobody,
        ...only(''),
        process.execPath,
        cli,
        'scan',
        told,
        '--format',
        'ndjson',
      ],
      { encoding: 'utf8' },
    )
    expect(code).toBe(1)
    expect(stdout).toContain('Memory or registers of another process written')
  })
})
