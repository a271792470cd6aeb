// How is a cell called? `AB12`.

/** Row and column from 1. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (
    let n = column;
    n > 0 && letters.length < 4;
    n = Math.floor((n - 1) / 26)
  ) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  }
  return `${letters}${row}`
}
