import { expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'

const ids = 0x01
const info = 0x02
const args = 0x20
const unicode = 0x80

function link(flags: number, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(0x4c)
  head.write('4c0000000114020000000000c000000000000046', 'hex')
  head.writeUInt32LE(flags, 0x14)
  return Buffer.concat([head, ...parts])
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, n] of values.entries()) bytes.writeUInt32LE(n, 4 * i)
  return bytes
}

const text = (value: string) => {
  const bytes = Buffer.alloc(2 + 2 * value.length)
  bytes.writeUInt16LE(value.length)
  bytes.write(value, 2, 'utf16le')
  return bytes
}
const command = text('cmd /c calc')

it('a shortcut tells its arguments', async () => {
  const { items, damages } = await itemsOf(link(args | unicode, command))
  expect(items.map((i) => i.Target)).toEqual(['cmd /c calc'])
  expect(damages).toEqual([])
})

it.each([
  ['a list of ids', link(ids, Buffer.from([0xff, 0xff, 2, 0]))],
  ['what is linked', link(info, numbers(0xffff_ffff, 28, 1, 0, 0, 0, 0))],
  ['a text', link(args | unicode, Buffer.from([0xff, 0xff, 97, 0]))],
  ['a block', link(0, numbers(0xffff_ffff, 0xa000_0001))],
  ['a block without a kind', link(0, numbers(6, 0))],
  ['what is not there', link(ids | info | args)],
])('a shortcut whose sizes lie is damaged: %s', async (_, bytes) => {
  const { damages } = await itemsOf(bytes)
  expect(damages.join()).toMatch(/cut off: .* lies outside/)
})

it('what stands behind a lie within what is linked is told', async () => {
  const linked = numbers(28, 28, 1, 0, 0xff_ffff, 0, 0xff_ffff)
  const short = numbers(12, 28, 1)
  for (const lie of [short, linked]) {
    const { items } = await itemsOf(link(info | args | unicode, lie, command))
    expect(items.map((i) => i.Target)).toEqual(['cmd /c calc'])
  }
  const { damages } = await itemsOf(link(info, short))
  expect(damages.join()).toContain('not told where it says')
})
