import { describe, expect, it } from 'vitest'

import { readScript } from '../../src/scripts/index.ts'

import { ordinary } from './ordinary.ts'

const grave =
  /^(?:network_shell|pipe_commands|pipe_impersonation|process_access|disable)$/

describe('an ordinary script', () => {
  it.each(Object.entries(ordinary))(
    'does nothing grave, and is followed to its end: %s',
    (name, text) => {
      const reading = readScript(text, { name })!
      const { actions, limits, obfuscation } = reading
      expect(actions.filter((a) => grave.test(a.kind))).toEqual([])
      expect(actions.filter((a) => a.kind === 'com' && a.host)).toEqual([])
      expect(
        obfuscation.filter((o) => /xor|reversal|rotation/.test(o)),
      ).toEqual([])
      expect(limits).toEqual([])
    },
  )
})
