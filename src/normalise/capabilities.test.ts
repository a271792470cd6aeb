import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { capabilitiesOfMask, capabilitiesOfNames } from './capabilities.ts'

describe('capabilities', () => {
  it.each([
    ['0000000000080000', ['CAP_SYS_PTRACE']],
    ['0x1', ['CAP_CHOWN']],
    ['10000000000', ['CAP_CHECKPOINT_RESTORE']],
    ['3000', ['CAP_NET_ADMIN', 'CAP_NET_RAW']],
    ['0', ['none']],
    ['8000000000000000', ['none']],
    ['', undefined],
    ['cap_net_raw', undefined],
    ['11111111111111111', undefined],
  ])('of the mask %s', (mask, names) => {
    expect(capabilitiesOfMask(mask)).toEqual(names)
  })

  it('of the full mask are all 41', () => {
    expect(capabilitiesOfMask('1ffffffffff')).toHaveLength(41)
  })

  it('by name, in a list or in text', () => {
    expect(capabilitiesOfNames(['CAP_SYS_ADMIN', 'cap_bpf', 'x'])).toEqual([
      'CAP_SYS_ADMIN',
      'CAP_BPF',
    ])
    expect(capabilitiesOfNames('CAP_CHOWN CAP_KILL')).toEqual([
      'CAP_CHOWN',
      'CAP_KILL',
    ])
    expect(capabilitiesOfNames(undefined)).toBeUndefined()
  })

  it('are read or not, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const names = capabilitiesOfMask(text)
        expect(names === undefined || names.length > 0).toBe(true)
      }),
    )
  })
})
