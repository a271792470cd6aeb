// When are two letters the same but for their case? By a fixed table per UTF-16 unit, so that folding keeps
// positions and never depends on context: `toLowerCase` makes two units of the dotted capital I and looks at the
// neighbours of a capital sigma. The table is Unicode's simple folding (CaseFolding.txt, status C and S) as far as
// one unit reaches; letters outside the basic plane (Deseret and the like) are compared as they are.

const outsideAscii = /[^\x00-\x7f]/
/** Latin-1 folds as it lowers, but for the micro sign, which meets the Greek letter. */
const outsideLatin = /[^\x00-\xb4\xb6-\xff]/

/** Dotted and dotless I fold to themselves: Unicode folds them in Turkish only (status T). */
const keepsItself = new Set([0x130, 0x131])

/** Worked out page by page, as texts need them: few scripts are met. */
const table = new Uint16Array(0x10000)
const pageUnits = 0x100
const hasPage = new Uint8Array(table.length / pageUnits)
const scratch = Buffer.allocUnsafeSlow(8192)

/** The text with every letter's case folded. As long as the text itself. */
export function fold(text: string): string {
  if (!outsideAscii.test(text) || !outsideLatin.test(text)) {
    return text.toLowerCase()
  }
  const size = text.length * 2
  const out = size <= scratch.length ? scratch : Buffer.allocUnsafe(size)
  for (let i = 0; i < text.length; i++) {
    const own = text.charCodeAt(i)
    if (hasPage[own >>> 8] === 0) fillPage(own >>> 8)
    const unit = table[own]!
    out[2 * i] = unit & 0xff
    out[2 * i + 1] = unit >> 8
  }
  return out.toString('utf16le', 0, size)
}

function fillPage(page: number): void {
  const first = page * pageUnits
  for (let u = first; u < first + pageUnits; u++) table[u] = foldUnit(u)
  hasPage[page] = 1
}

function foldUnit(unit: number): number {
  if (keepsItself.has(unit) || (unit >= 0xd800 && unit <= 0xdfff)) return unit
  const letter = String.fromCharCode(unit)
  // Up and down again, so that letters with several small forms (sigma, long s, micro) meet in one.
  const upper = letter.toUpperCase()
  const lower = (upper.length === 1 ? upper : letter).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}
