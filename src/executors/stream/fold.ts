// When are two letters the same but for their case? By a fixed table per UTF-16 unit, so that folding keeps
// positions and never depends on context: `toLowerCase` makes two units of the dotted capital I and looks at the
// neighbours of a capital sigma. The table is Unicode's simple folding (CaseFolding.txt, status C and S) as far as
// one unit reaches; letters outside the basic plane (Deseret and the like) are compared as they are.

const outsideAscii = /[^\x00-\x7f]/

/** Dotted and dotless I fold to themselves: Unicode folds them in Turkish only (status T). */
const keepsItself = new Set([0x130, 0x131])

let table: Uint16Array | undefined

/** The text with every letter's case folded. As long as the text itself. */
export function fold(text: string): string {
  if (!outsideAscii.test(text)) return text.toLowerCase()
  table ??= foldingTable()
  const out = new Uint16Array(text.length)
  for (let i = 0; i < text.length; i++) out[i] = table[text.charCodeAt(i)]!
  return fromUnits(out)
}

function foldingTable(): Uint16Array {
  const units = new Uint16Array(0x10000)
  for (let u = 0; u < units.length; u++) units[u] = foldUnit(u)
  return units
}

function foldUnit(unit: number): number {
  if (keepsItself.has(unit) || (unit >= 0xd800 && unit <= 0xdfff)) return unit
  const letter = String.fromCharCode(unit)
  // Up and down again, so that letters with several small forms (sigma, long s, micro) meet in one.
  const upper = letter.toUpperCase()
  const lower = (upper.length === 1 ? upper : letter).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

/** Arguments of one call to fromCharCode: engines bound the stack. */
const unitsAtOnce = 8192

function fromUnits(units: Uint16Array): string {
  let text = ''
  for (let i = 0; i < units.length; i += unitsAtOnce) {
    text += String.fromCharCode(...units.subarray(i, i + unitsAtOnce))
  }
  return text
}
