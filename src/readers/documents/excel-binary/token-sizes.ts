// How long are the tokens of a formula, in bytes behind their first one? MS-XLS 2.5.198, [MS-XLSB] 2.5.97.

/** Sizes of tokens differ: Excel 5, Excel 97, and the binary workbooks of Excel 2007. */
export type FormulaVersion = 5 | 8 | 12

interface TokenSizes {
  readonly ref: number
  readonly area: number
  readonly rest: Readonly<Record<number, number>>
}

export const tokenSizes: Readonly<Record<FormulaVersion, TokenSizes>> = {
  5: {
    ref: 3,
    area: 6,
    rest: { 32: 7, 38: 6, 39: 6, 40: 6, 41: 2, 42: 3, 43: 6, 46: 2, 47: 2 },
  },
  8: {
    ref: 4,
    area: 8,
    rest: { 32: 7, 38: 6, 39: 6, 40: 6, 41: 2, 42: 4, 43: 8, 46: 2, 47: 2 },
  },
  12: {
    ref: 6,
    area: 12,
    rest: { 32: 14, 38: 6, 39: 6, 40: 6, 41: 2, 42: 6, 43: 12, 46: 2, 47: 2 },
  },
}
