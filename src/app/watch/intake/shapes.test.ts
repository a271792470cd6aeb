import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { linesOf, shapeOf } from './shapes.ts'

const lines = (path: string, body: string) =>
  linesOf(shapeOf(path)!, Buffer.from(body)).toString()

describe('what forwarders send', () => {
  it('is one event a line, however Splunk events lie in the body', () => {
    const path = '/services/collector/event'
    expect(
      lines(path, '{"event":"a"}{"event":{"b":"}{"}}\n\n{"event":\n"c"}'),
    ).toBe('{"event":"a"}\n{"event":{"b":"}{"}}\n{"event": "c"}\n')
  })

  it('is the documents of a bulk request, without its actions', () => {
    const body =
      '{"create":{}}\n{"a":1}\n{"delete":{"_id":"1"}}\n{"index":{"_index":"x"}}\n{"b":2}\n'
    expect(lines('/_bulk', body)).toBe('{"a":1}\n{"b":2}\n')
    expect(lines('/logs-x/_bulk', body)).toBe('{"a":1}\n{"b":2}\n')
  })

  it('is one document a line for OpenTelemetry', () => {
    expect(lines('/v1/logs', '{\n "resourceLogs": []\n}')).toBe(
      '{  "resourceLogs": [] }\n',
    )
  })

  it('is text as it is elsewhere', () => {
    expect(lines('/', 'type=SYSCALL msg=audit(1.0:1):\n')).toBe(
      'type=SYSCALL msg=audit(1.0:1):\n',
    )
    expect(shapeOf('/admin')).toBeUndefined()
  })

  // Bodies stand last: a title shows what stands before them.
  it.each([
    ['/services/collector', 'the last event is not whole', '{"event":"a"'],
    ['/services/collector', 'byte 0: a brace that closes nothing', '}'],
    ['/_bulk', 'the last action has no document', '{"create":{}}\n'],
    ['/_bulk', 'over 100000 documents', '{"create":{}}\n{}\n'.repeat(100_001)],
    ['/_bulk', 'an action of over 65536 bytes', '['.repeat(70_000)],
    ['/v1/logs', 'no object in it', '['.repeat(70_000)],
    [
      '/_bulk',
      'an action "update", expected create or index',
      '{"update":{}}\n{}',
    ],
  ])('is refused where it is not whole: %s, %s', (path, message, body) => {
    expect(() => lines(path, body)).toThrow(message)
  })

  it('gives back the objects that were written, in whatever spacing', () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.string()), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(
        objects,
        fc.constantFrom('', ' ', '\n', ',\n'),
        (all, between) => {
          const body = all.map((o) => JSON.stringify(o, null, 1)).join(between)
          const read = lines('/services/collector', body)
            .split('\n')
            .slice(0, -1)
          expect(read.map((l) => JSON.parse(l) as unknown)).toEqual(
            JSON.parse(JSON.stringify(all)),
          )
        },
      ),
    )
  })
})
