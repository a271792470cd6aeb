// A class id as people write it: `0002CE02-0000-0000-C000-000000000046`.
const lengthOfGuid = 16

/** Empty where it is all zeros or cut off. */
export function guidAt(bytes: Buffer, at: number): string {
  if (at < 0 || at + lengthOfGuid > bytes.length) return ''
  const hex = (from: number, to: number) =>
    bytes.toString('hex', at + from, at + to)
  const turned = (from: number, to: number) =>
    Buffer.from(bytes.subarray(at + from, at + to))
      .reverse()
      .toString('hex')
  const text = `${turned(0, 4)}-${turned(4, 6)}-${turned(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`
  return /[1-9a-f]/.test(text) ? text.toUpperCase() : ''
}

export function guidBytes(guid: string): Buffer {
  const [a, b, c, d, e] = guid.split('-').map((p) => Buffer.from(p, 'hex'))
  return Buffer.concat([a!.reverse(), b!.reverse(), c!.reverse(), d!, e!])
}
