import { describe, expect, it } from 'vitest'

import { broadRights, inWords, readDescriptor } from './words.ts'

const everyoneMayLaunch = Buffer.from(
  '010004803000000040000000000000001400000002001c000100000000001400' +
    '1f000000010100000000000100000000' +
    '01020000000000052000000020020000' +
    '01020000000000052000000020020000',
  'hex',
)

describe('descriptors', () => {
  it('says of bytes who may launch and from where', () => {
    const { descriptor, fault } = readDescriptor(everyoneMayLaunch)
    expect(fault).toBeUndefined()
    expect(descriptor?.owner).toBe('S-1-5-32-544')
    expect(inWords(descriptor!, 'launch')).toBe(
      'Everyone may launch locally, launch remotely, activate locally, activate remotely',
    )
  })

  it('says the same of SDDL, where older rights mean all', () => {
    const { descriptor } = readDescriptor(
      'O:BAG:BAD:(A;;CC;;;WD)(A;;CCDCSW;;;IU)',
    )
    expect(inWords(descriptor!, 'launch')).toBe(
      'Everyone may launch locally, launch remotely, activate locally, activate remotely; Interactive users may launch locally, activate locally',
    )
    expect(broadRights(descriptor!, 'launch')).toHaveLength(1)
  })

  it('heeds what is denied before, and what is for children only', () => {
    const denied = readDescriptor(
      'D:(D;;0x1f;;;WD)(A;;0x1f;;;WD)(A;OICIIO;0x1f;;;AU)',
    )
    expect(broadRights(denied.descriptor!, 'launch')).toEqual([])
  })

  it('takes a missing list for what it is: everything to everybody', () => {
    const { descriptor } = readDescriptor('O:BAG:BA')
    expect(broadRights(descriptor!, 'access')).toEqual([
      'everybody: there is no list',
    ])
  })

  it('says of a pipe who may write', () => {
    const { descriptor } = readDescriptor('D:(A;;GRGW;;;AU)(A;;FR;;;WD)')
    expect(broadRights(descriptor!, 'pipe')).toEqual([
      'Authenticated Users may read, write, make instances',
    ])
  })

  it('reads cut and lying bytes as far as they go', () => {
    for (let length = 0; length < everyoneMayLaunch.length; length++) {
      readDescriptor(everyoneMayLaunch.subarray(0, length))
    }
    const lie = Buffer.from(everyoneMayLaunch)
    lie.writeUInt16LE(9, 24)
    expect(readDescriptor(lie).fault).toMatch(/entry 2 of 9 is cut off/)
  })
})
