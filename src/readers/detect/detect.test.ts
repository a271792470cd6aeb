import { describe, expect, it } from 'vitest'

import { recogniseFormat } from '../index.ts'
import { nameContent } from './index.ts'

describe('a source that nothing here reads', () => {
  it.each([
    ['0a0d0d0a1c0000004d3c2b1a', 'packet capture (pcapng)'],
    ['d4c3b2a102000400', 'packet capture'],
    ['a1b2c3d400020004', 'packet capture'],
    ['425a68393141592653', 'bzip2 stream'],
    ['fd377a585a000004', 'xz stream'],
    ['377abcaf271c0004', '7z archive'],
    ['300000004c664c6501000000', 'old Windows event log (.evt)'],
    ['28b52ffd04', 'zstd stream'],
  ])('that begins with %s is a %s', (bytes, kind) => {
    const head = Buffer.from(bytes, 'hex')
    expect(recogniseFormat(head, 'x')).toBeUndefined()
    expect(nameContent(head)).toBe(kind)
  })

  it.each([
    [
      'At 10:20:30 2026-03-04 ana, acting as root, successfully executed /bin/a\n',
      /^report of ausearch --format text/,
    ],
    ['\nExecutable Report\n====\n1. 03/04/2026\n', /^report of aureport/],
    [
      '10:20:30.125000000: Warning Shell spawned (user=root cmdline=sh)\n',
      /^alerts of Falco as text/,
    ],
    [
      '\nTimeCreated          Id LevelDisplayName Message\n-----------          -- ---\n3/4/2026 10:20:30 AM  1 Information      Process...\n',
      /^table of PowerShell/,
    ],
    [
      '<!DOCTYPE html>\n<html><body><table class="a"><tr><th>EventID</th></tr></table>\n',
      /^table of HTML/,
    ],
    ['<html><body><p>a</p></body></html>\n', /^page of HTML/],
    ['INSERT INTO `a` (`b`) VALUES (1);\n', /SQL INSERT/],
    ['COPY public.a (b, c) FROM stdin;\n1\t2\n\\.\n', /PostgreSQL/],
    ['Row 1:\n──────\nEventID: 1\n', /ClickHouse/],
    ["OrderedDict([('EventID', 1)])\n", /Python/],
    ['Array\n(\n    [EventID] => 1\n)\n', /PHP/],
    ['@{EventID=1; Channel=Security}\n', /PowerShell prints/],
    ['var events = [\n  {\n    "EventID": 1\n  }\n];\n', /within JavaScript/],
    [`${'H4sI'.padEnd(64, 'A')}\n`, /^packed text in base64/],
    [`${'dHlw'.repeat(19)}\n`.repeat(3), /^text in base64/],
    [`${'dHlw'.repeat(90)}==\n`, /^text in base64/],
    [`${'dead'.repeat(19)}\n`.repeat(3), /^text of unknown kind$/],
    [
      'type=3DSYSCALL msg=3Daudit(1700000000.123:45): arch=3Dc0 syscall=\n=3D42\n',
      /^quoted-printable text of a mail/,
    ],
    [
      '2026-03-04T10:20:30.000Z [Security] [INFO] [4688] [Microsoft-Windows-Security-Auditing] [ws7] [A]\n',
      /CloudWatch/,
    ],
  ])('is named for the report that it is: %s', (text, kind) => {
    const head = Buffer.from(text)
    expect(recogniseFormat(head, 'x.txt')).toBeUndefined()
    expect(nameContent(head)).toMatch(kind)
  })
})
