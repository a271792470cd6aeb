import { describe, expect, it } from 'vitest'

import { Emitter } from './emitter.ts'
import { isWithin, readScope, scopeText } from './scope.ts'

function collected() {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => lines.push(JSON.parse(line))
  const emitter = new Emitter({ sensor: 'test', bootId: 'b', write })
  return { emitter, lines }
}

const ptrace = (time: number, pid = 7) =>
  ({ type: 'ptrace', time, pid, fields: { request: 'PTRACE_ATTACH' } }) as const

describe('what leaves a sensor', () => {
  it('is told once within a second, and then how often it came again', () => {
    const { emitter, lines } = collected()
    for (let i = 0; i < 136; i++) emitter.emit(ptrace(i), 'ATTACH 9')
    expect(lines).toHaveLength(1)
    emitter.settle(1_001)
    expect(lines[1]).toMatchObject({
      type: 'repeated',
      of: 'ptrace',
      pid: 7,
      object: 'ATTACH 9',
      repeats: 135,
    })
    emitter.emit(ptrace(1_500), 'ATTACH 9')
    expect(lines).toHaveLength(3)
    expect(emitter.repeats).toBe(135)
  })

  it('keeps processes, objects and kinds apart', () => {
    const { emitter, lines } = collected()
    emitter.emit(ptrace(0), 'ATTACH 9')
    emitter.emit(ptrace(0), 'ATTACH 10')
    emitter.emit(ptrace(0, 8), 'ATTACH 9')
    expect(lines).toHaveLength(3)
  })

  it('tells each start, however often it comes', () => {
    const { emitter, lines } = collected()
    for (let i = 0; i < 3; i++)
      emitter.emit({ type: 'exec', time: 0, pid: 7, fields: {} })
    expect(lines).toHaveLength(3)
  })
})

describe('a scope', () => {
  it('is written as it is read', () => {
    for (const text of ['pid:42', 'cgroup:/system.slice/a.service'])
      expect(scopeText(readScope(text)!)).toBe(text)
    for (const text of ['42', 'pid:0', 'pid:x', 'cgroup:x', ''])
      expect(readScope(text)).toBeUndefined()
  })

  it('holds a control group and those below it', () => {
    expect(isWithin('/a/b', '/a')).toBe(true)
    expect(isWithin('/a', '/a/')).toBe(true)
    expect(isWithin('/ab', '/a')).toBe(false)
    expect(isWithin('/a', '/')).toBe(true)
    expect(isWithin(undefined, '/a')).toBe(false)
  })
})
