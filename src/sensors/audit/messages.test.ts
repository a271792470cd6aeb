import { describe, expect, it } from 'vitest'

import { AUDIT_GET, auditLine, auditState, numberIn } from './messages.ts'

function datagram(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt16LE(type, 4)
  return Buffer.concat([head, body])
}

describe("a message of the kernel's auditing", () => {
  it('is a record as auditd writes it, whatever its head says of its length', () => {
    const text = 'audit(1767323045.100:501): opid=72 ouid=1000 ocomm="a"'
    expect(auditLine(datagram(1318, Buffer.from(`${text}\0`)))).toEqual({
      type: 'OBJ_PID',
      serial: '501',
      text,
      line: `type=OBJ_PID msg=${text}`,
    })
  })

  it('stays one line, whatever it holds', () => {
    const text = 'audit(1767323045.100:501): key="a\nb"'
    const { line } = auditLine(datagram(1300, Buffer.from(text)))!
    expect(line).not.toContain('\n')
  })

  it('is nothing where it is no record', () => {
    for (const body of ['', 'x', 'audit(1): ', 'hello:501): '])
      expect(auditLine(datagram(1300, Buffer.from(body)))).toBeUndefined()
    expect(auditLine(Buffer.alloc(3))).toBeUndefined()
  })

  it('has numbers by their whole names', () => {
    const text = 'audit(1.000:5): ppid=60 pid=71 opid=9'
    expect(numberIn(text, 'pid')).toBe(71)
    expect(numberIn(text, 'ppid')).toBe(60)
    expect(numberIn(text, 'auid')).toBeUndefined()
  })

  it('is the state', () => {
    const body = Buffer.alloc(44)
    for (const [i, n] of [0, 1, 1, 42, 0, 64, 7, 0, 0, 15_000].entries())
      body.writeUInt32LE(n, i * 4)
    expect(auditState(datagram(AUDIT_GET, body))).toEqual({
      isEnabled: true,
      owner: 42,
      backlogLimit: 64,
      lost: 7,
      backlogWait: 15_000,
    })
    expect(
      auditState(datagram(AUDIT_GET, body.subarray(0, 20))),
    ).toBeUndefined()
  })
})
