import { describe, expect, it } from 'vitest'

import {
  type EvtxValue,
  encodeValue,
  typed,
} from '../../../test/tools/evtx-values.ts'
import { arrayTexts, countArrayTexts, decodeValue } from './value.ts'

function decode(value: EvtxValue) {
  const { type, bytes } = encodeValue(value)
  // Not at the beginning of the buffer, and not at its end.
  const b = Buffer.concat([Buffer.alloc(3, 0xff), bytes, Buffer.alloc(9, 0xff)])
  return decodeValue(b, type, 3, bytes.length)
}

describe('values of every type', () => {
  const guid = '{0B364D7C-0000-4444-AAAA-00105D3D0000}'
  const when = new Date(Date.UTC(2020, 9, 13, 4, 24, 51, 699))
  const cases: readonly (readonly [string, EvtxValue, unknown])[] = [
    ['null is present and empty', null, ''],
    ['text', 'a\u00e9\u4e2d\ud83d\ude00', 'a\u00e9\u4e2d\ud83d\ude00'],
    ['text loses the NULs that end it', 'ab\0\0', 'ab'],
    ['text keeps a NUL within', 'a\0b', 'a\0b'],
    ['ANSI text', typed('ansi', 'caf\u00e9\0'), 'caf\u00e9'],
    ['Int8', typed('int8', -5), -5],
    ['UInt8', typed('uint8', 250), 250],
    ['Int16', typed('int16', -500), -500],
    ['UInt16', typed('uint16', 65_000), 65_000],
    ['Int32', -70_000, -70_000],
    ['UInt32', 4_000_000_000, 4_000_000_000],
    ['Int64', typed('int64', -(2n ** 40n)), -(2 ** 40)],
    ['UInt64', 2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    ['UInt64 beyond 2^53 is decimal text', 2n ** 64n - 1n, `${2n ** 64n - 1n}`],
    ['Int64 beyond 2^53 is decimal text', -(2n ** 63n), `${-(2n ** 63n)}`],
    ['Real32 in its shortest form', typed('real32', 0.1), 0.1],
    ['Real64', 2.5e-7, 2.5e-7],
    ['a float that JSON lacks', typed('real64', Number.NaN), 'NaN'],
    ['an infinite float', typed('real64', Number.NEGATIVE_INFINITY), '-INF'],
    ['true', true, true],
    ['false', false, false],
    ['binary in upper-case hex', Buffer.from('00beef', 'hex'), '00BEEF'],
    ['GUID', typed('guid', guid), guid],
    ['SizeT of 64 bits', typed('sizeT', 0x1438), '0x1438'],
    ['FILETIME with seven digits', when, '2020-10-13T04:24:51.6990000Z'],
    ['SYSTEMTIME', typed('systemtime', when), '2020-10-13T04:24:51.699Z'],
    ['SID', typed('sid', 'S-1-5-21-1-2-3-500'), 'S-1-5-21-1-2-3-500'],
    ['HexInt32 without padding', typed('hex32', 0x1000), '0x1000'],
    ['HexInt32 of zero', typed('hex32', 0), '0x0'],
    ['HexInt64', typed('hex64', 0x8000_0000_0000_0000n), '0x8000000000000000'],
    [
      'HexInt64 with zeros within',
      typed('hex64', 0x1_0000_0001n),
      '0x100000001',
    ],
    ['an array of texts', ['a', '', 'ccc'], ['a', '', 'ccc']],
    ['an array of ANSI texts', typed('ansi', ['a', 'bb']), ['a', 'bb']],
    ['an array of numbers', typed('uint16', [1, 2, 3]), [1, 2, 3]],
    ['an array of SizeT', typed('sizeT', [1, 2]), ['0x1', '0x2']],
    ['an array of GUIDs', typed('guid', [guid, guid]), [guid, guid]],
    ['an array of booleans', typed('bool', [true, false]), [true, false]],
  ]
  it.each(cases)('%s', (_, value, expected) => {
    expect(decode(value)).toEqual(expected)
  })
})

describe('lengths that do not fit the type', () => {
  const b = Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex')

  it('shows the bytes', () => {
    expect(decodeValue(b, 0x0f, 0, 5)).toBe('0102030405')
    expect(decodeValue(b, 0x11, 0, 3)).toBe('010203')
    expect(decodeValue(b, 0x13, 0, 7)).toBe('01020304050607')
    expect(decodeValue(b, 0x08, 0, 3)).toBe('010203')
    expect(decodeValue(b, 0x99, 0, 2)).toBe('0102')
  })

  it('takes an integer by its length, whatever width the type has', () => {
    expect(decodeValue(b, 0x08, 0, 2)).toBe(0x0201)
    expect(decodeValue(b, 0x14, 0, 2)).toBe('0x201')
    expect(decodeValue(b, 0x0d, 0, 1)).toBe(true)
  })

  it('is empty where there are no bytes', () => {
    for (let type = 0; type < 256; type++) {
      expect(decodeValue(b, type, 4, 0)).toBe('')
    }
  })

  it('drops the items of an array that are cut', () => {
    expect(decodeValue(b, 0x88, 0, 7)).toEqual([0x04030201])
  })
})

describe('arrays of texts', () => {
  it.each([[''], ['a\0'], ['a'], ['a\0b'], ['a\0\0'], ['\0\0'], ['\0a']])(
    'counts as many as there are in %j',
    (text) => {
      const b = Buffer.from(text, 'utf16le')
      expect(countArrayTexts(b, 0, b.length)).toBe(
        arrayTexts(b, 0, b.length).length,
      )
    },
  )
})
