// Text of one byte a character, as Office wrote it before Unicode. Windows-1252 differs from Latin-1 in 0x80..0x9F.
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

export function windows1252(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /[\x80-\x9f]/.test(text)
    ? text.replace(/[\x80-\x9f]/g, (c) => high[c.charCodeAt(0) - 0x80]!)
    : text
}
