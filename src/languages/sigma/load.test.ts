import { describe, expect, it } from 'vitest'

import { loadSigma, sigmaCodes } from './index.ts'

const load = (text: string) => loadSigma([{ path: 'rule.yml', text }])

describe('codes', () => {
  for (const [code, { example, severity, title }] of Object.entries(
    sigmaCodes,
  )) {
    it(`${code}: ${title}`, () => {
      const { refused, diagnostics } = load(example)
      const all = [...diagnostics, ...refused.flatMap((r) => r.diagnostics)]
      const found = all.filter((d) => d.code === code)
      expect(found[0], JSON.stringify(all)).toBeDefined()
      expect(found[0]!.severity).toBe(severity)
      expect(found[0]!.position).toBeDefined()
      if (severity !== 'error') expect(refused).toEqual([])
    })
  }
})
