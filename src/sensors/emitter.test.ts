import { describe, expect, it } from 'vitest'

import { Emitter } from './emitter.ts'
import { isWithin, readScope, scopeText } from './scope.ts'

function collected() {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => lines.push(JSON.parse(line))
  const emitter = new Emitter({ sensor: 'test', bootId: 'b', write })
  const told = (
    type: 'ptrace' | 'exec',
    time: number,
    pid: number,
    object: string,
  ) => {
    if (emitter.isRepeated(type, pid, time, object)) return
    emitter.emit({ type, time, pid, actor: '"exe":"/x"', fields: {} })
  }
  return { emitter, lines, told }
}

describe('what leaves a sensor', () => {
  it('is told once within a second, and then how often it came again', () => {
    const { emitter, lines, told } = collected()
    for (let i = 0; i < 136; i++) told('ptrace', i, 7, 'ATTACH 9')
    expect(lines).toHaveLength(1)
    emitter.settle(1_001)
    expect(lines[1]).toMatchObject({
      type: 'repeated',
      of: 'ptrace',
      pid: 7,
      object: 'ATTACH 9',
      repeats: 135,
    })
    told('ptrace', 1_500, 7, 'ATTACH 9')
    expect(lines).toHaveLength(3)
    expect(emitter.repeats).toBe(135)
  })

  it('keeps processes, objects and kinds apart', () => {
    const { lines, told } = collected()
    told('ptrace', 0, 7, 'ATTACH 9')
    told('ptrace', 0, 7, 'ATTACH 10')
    told('ptrace', 0, 8, 'ATTACH 9')
    expect(lines).toHaveLength(3)
  })

  it('tells each start, however often it comes', () => {
    const { lines, told } = collected()
    for (let i = 0; i < 3; i++) told('exec', 0, 7, '')
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
