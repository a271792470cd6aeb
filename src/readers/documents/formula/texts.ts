// What is known of a value of a sheet.

/** Those of a range or a list, row by row; `width`: of a row, 1 by default. */
export type TextList = readonly (string | undefined)[] & {
  readonly width?: number
}

/** undefined: constants do not tell. */
export type Texts = string | TextList | undefined
