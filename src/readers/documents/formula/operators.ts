// What operators make of two values that are known.

export function arithmetic(
  left: string | undefined,
  mark: string,
  right: string | undefined,
): string | undefined {
  const [a, b] = [Number(left), Number(right)]
  if (left === undefined || right === undefined || Number.isNaN(a + b)) {
    return undefined
  }
  const value = resultOf(a, mark, b)
  return value === undefined || !Number.isFinite(value)
    ? undefined
    : String(value)
}

function resultOf(a: number, mark: string, b: number): number | undefined {
  switch (mark) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '^':
      return a ** b
    default:
      return undefined
  }
}

/** Which is worked out first: the higher. */
export function precedence(mark: string): number {
  return mark === '^' ? 3 : mark === '*' || mark === '/' ? 2 : 1
}

export function compared(
  left: string | undefined,
  sign: string,
  right: string | undefined,
): string | undefined {
  if (left === undefined || right === undefined) return undefined
  const [a, b] = [Number(left), Number(right)]
  const isNumber = left !== '' && right !== '' && !Number.isNaN(a + b)
  const order = isNumber ? a - b : left.localeCompare(right)
  const holds: Readonly<Record<string, boolean>> = {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '>': order > 0,
    '<=': order <= 0,
    '>=': order >= 0,
  }
  return Object.hasOwn(holds, sign)
    ? String(holds[sign]).toUpperCase()
    : undefined
}
