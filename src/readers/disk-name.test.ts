import { describe, expect, it } from 'vitest'

import { nameOfBytes, onDisk, shownPath } from './disk-name.ts'

describe('a name on disk', () => {
  it('that is no UTF-8 is opened by the bytes that it has', () => {
    const bytes = Buffer.from([0x63, 0xe9, 0xc3, 0xa9, 0xff, 0x2e, 0x61])
    const name = nameOfBytes(bytes)
    expect(onDisk(`in/${name}`)).toEqual(
      Buffer.concat([Buffer.from('in/'), bytes]),
    )
    expect(shownPath(name)).toBe('c\\xe9é\\xff.a')
  })

  it('in UTF-8 is itself', () => {
    const name = nameOfBytes(Buffer.from('é😀.evtx'))
    expect([name, onDisk(name), shownPath(name)]).toEqual([
      'é😀.evtx',
      'é😀.evtx',
      'é😀.evtx',
    ])
  })
})
