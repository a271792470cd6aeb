// Property lists of a made-up host, below a folder that stands for its root.
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Emitter } from '../emitter.ts'
import { everything } from '../scope.ts'
import { launchdJobs } from './jobs.ts'
import { launchdBelow } from './sensor.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ipcwatch-launchd-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true })
})

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const plist = (body: string) =>
  `<?xml version="1.0"?><plist version="1.0"><dict>${body}</dict></plist>`
const text = (key: string, value: string) =>
  `<key>${key}</key><string>${value}</string>`
const services = (...names: string[]) =>
  `<key>MachServices</key><dict>${names.map((n) => `<key>${n}</key><true/>`).join('')}</dict>`

const helper = plist(
  text('Label', 'com.acme.helper') +
    text('Program', '/Library/PrivilegedHelperTools/com.acme.helper') +
    services('com.acme.helper.xpc', 'com.acme.status'),
)

describe('what launchd keeps', () => {
  it('is read from the folders of the system, the administrator and each user', () => {
    put('Library/LaunchDaemons/com.acme.helper.plist', helper)
    put(
      'Users/kim/Library/LaunchAgents/a.plist',
      plist(
        `${text('Label', 'a')}<key>ProgramArguments</key><array><string>/opt/a</string><string>-d</string></array>`,
      ),
    )
    put(
      'System/Library/LaunchDaemons/b.plist',
      plist(text('Label', 'b') + text('UserName', '_b') + services('b.s')),
    )
    expect(launchdJobs(root)).toEqual({
      unread: 0,
      jobs: [
        {
          url: 'file:///System/Library/LaunchDaemons/b.plist',
          label: 'b',
          kind: 'DAEMON',
          program: undefined,
          services: ['b.s'],
          user: '_b',
        },
        {
          url: 'file:///Library/LaunchDaemons/com.acme.helper.plist',
          label: 'com.acme.helper',
          kind: 'DAEMON',
          program: '/Library/PrivilegedHelperTools/com.acme.helper',
          services: ['com.acme.helper.xpc', 'com.acme.status'],
          user: 'root',
        },
        {
          url: 'file:///Users/kim/Library/LaunchAgents/a.plist',
          label: 'a',
          kind: 'AGENT',
          program: '/opt/a',
          services: [],
          user: undefined,
        },
      ],
    })
  })

  it('counts what cannot be read, and follows no link out of the root', () => {
    put('Library/LaunchDaemons/torn.plist', '<plist><dict><key>Label')
    put('Library/LaunchDaemons/list.plist', '<plist><array/></plist>')
    put('Library/LaunchDaemons/notes.txt', 'no property list by its name')
    const outside = mkdtempSync(join(tmpdir(), 'ipcwatch-outside-'))
    writeFileSync(join(outside, 'x.plist'), helper)
    symlinkSync(
      join(outside, 'x.plist'),
      join(root, 'Library/LaunchDaemons/x.plist'),
    )
    put('Library/LaunchDaemons/com.acme.helper.plist', helper)
    const { jobs, unread } = launchdJobs(root)
    rmSync(outside, { recursive: true })
    expect(jobs.map((j) => j.label)).toEqual(['com.acme.helper'])
    expect(unread).toBe(3)
  })

  it('tells each item once, and again when it has changed', async () => {
    vi.useFakeTimers()
    put('Library/LaunchDaemons/com.acme.helper.plist', helper)
    const lines: string[] = []
    const emitter = new Emitter({
      sensor: 'launchd',
      bootId: '',
      write: (line) => lines.push(line),
    })
    const sensor = await launchdBelow(root).start({
      scope: everything,
      emitter,
      failed: (why) => expect.fail(why),
    })
    vi.advanceTimersByTime(60_000)
    put(
      'Library/LaunchDaemons/com.acme.helper.plist',
      helper.replace('com.acme.status', 'com.acme.other'),
    )
    vi.advanceTimersByTime(60_000)
    await sensor.stop()
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        type: 'launch_item',
        label: 'com.acme.helper',
        services: ['com.acme.helper.xpc', 'com.acme.status'],
        user: 'root',
      }),
      expect.objectContaining({
        services: ['com.acme.helper.xpc', 'com.acme.other'],
      }),
    ])
    expect(sensor.counts()).toEqual({ seen: 2, dropped: 0 })
  })
})
