import { expect, it } from 'vitest'

import { SourceAccount, troublesOf } from './source-account.ts'

const place = { what: 'script', offset: 16 }

it('tells a bound that was reached from what is broken', () => {
  const account = new SourceAccount('a.ps1')
  account.format = 'script'
  account.damage({ ...place, message: 'over 3 steps', isBound: true })
  account.damage({ ...place, message: 'no end of it' })
  const report = account.report()
  expect([...troublesOf(report)]).toEqual([
    'a.ps1: not read to its end: script at 0x10: over 3 steps',
    'a.ps1: damaged script at 0x10: no end of it',
  ])
  expect(report.damagedCount).toBe(1)
})

it('counts what is lost at a bound', () => {
  const account = new SourceAccount('a.json')
  const message = 'an object of over 3 bytes'
  account.damage({ ...place, message, lost: 2, isBound: true })
  expect(account.report().lost).toBe(2)
})
