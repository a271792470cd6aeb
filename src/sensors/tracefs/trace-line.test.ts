import { describe, expect, it } from 'vitest'

import { readTraceLine } from './trace-line.ts'

const line = (what: string, name = 'ipc') =>
  `            ${name}-4260    (   4259) [001] .....  13593.288672: ${what}`

describe('a line of the ring', () => {
  it('is a call that begins, with its arguments', () => {
    const text = 'sys_ptrace(request: 10, pid: 1a2b, addr: 0, data: 0)'
    expect(readTraceLine(line(text))).toEqual({
      tid: 4260,
      pid: 4259,
      name: 'ipc',
      time: 13593.288672,
      what: {
        kind: 'enter',
        call: 'ptrace',
        args: { request: 16, pid: 0x1a2b, addr: 0, data: 0 },
      },
    })
  })

  it('is a call that ends, also with an error', () => {
    expect(
      readTraceLine(line('sys_ptrace -> 0xffffffffffffffff'))?.what,
    ).toEqual({ kind: 'exit', call: 'ptrace', ret: -1 })
  })

  it('is a fork, whatever the processes are called', () => {
    const text =
      'sched_process_fork: comm=a pid=1 child_comm=b pid=9 child_pid=77'
    expect(readTraceLine(line(text, 'a-1 [0]'))).toMatchObject({
      tid: 4260,
      what: { kind: 'fork', child: 77 },
    })
  })

  it('is a program, with blanks and signs in its path', () => {
    const text =
      'sched_process_exec: filename=/tmp/a pid=1 old_pid=1 pid=4259 old_pid=4259'
    expect(readTraceLine(line(text))?.what).toEqual({
      kind: 'exec',
      path: '/tmp/a pid=1 old_pid=1',
    })
  })

  it('says what was lost', () => {
    expect(readTraceLine('CPU:1 [LOST 512 EVENTS]')?.what).toEqual({
      kind: 'lost',
      count: 512,
    })
  })

  it('is nothing where it is of another form', () => {
    for (const text of [
      '',
      '# tracer: nop',
      'x-1 [0]',
      line('tracing_mark: x'),
    ])
      expect(readTraceLine(text)).toBeUndefined()
  })
})
