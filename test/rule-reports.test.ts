import { describe, expect, it } from 'vitest'

import { ownFolder } from './tools/own-folder.ts'
import { run as runProduct } from './tools/product.ts'

const { file } = ownFolder('rules')

const rule = file(
  'a <b>.yml',
  'title: A\nlogsource: { product: windows, category: process_creation }\ndetection:\n  a: { Image|containing: x }\n  condition: a\n',
)

const run = (...args: string[]) => runProduct(['rules', ...args])

describe('rules for machines', () => {
  it('lints as SARIF, with line and column', () => {
    const { stdout, status } = run('lint', rule, '--format', 'sarif')
    expect(status).toBe(2)
    const [{ results }] = JSON.parse(stdout).runs
    expect(results[0]).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { region: { startLine: 4 } } }],
    })
  })

  it('lints as JUnit, in which a name of a file begins nothing', () => {
    const { stdout } = run('lint', rule, '--format', 'junit')
    expect(stdout).toMatch(/<testsuites tests="\d+" failures="[1-9]\d*">/)
    expect(stdout).not.toContain('<b>')
  })

  it('tests as JUnit', () => {
    const { stdout, status } = run(
      'test',
      'content/rules/linux/dbus',
      '--format',
      'junit',
    )
    expect(status).toBe(0)
    expect(stdout).toMatch(/<testsuites tests="[1-9]\d*" failures="0">/)
  })

  it('says of telemetry what was seen, could be, or could not and why', () => {
    const { stdout } = run('coverage', 'examples/', '--format', 'json')
    const { techniques, components } = JSON.parse(stdout) as Record<
      string,
      {
        technique?: string
        component?: string
        sight: string
        blind: { why: string; switchOn: string[] }[]
      }[]
    >
    const seen = techniques!.find((t) => t.technique === 'T1021.003')
    expect(seen?.sight).toBe('saw')
    for (const { blind } of [...techniques!, ...components!])
      for (const b of blind) expect(b.why).toBeTruthy()
    const access = components!.find((c) => c.component === 'DC0035')
    expect(access?.blind.some((b) => b.switchOn.length > 0)).toBe(true)
    const layer = JSON.parse(run('coverage', '--format', 'navigator').stdout)
    expect(layer.versions.layer).toBe('4.5')
  })
})
