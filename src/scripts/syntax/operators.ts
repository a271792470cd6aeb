// Operators that most languages share, and how close they bind.
import type { Operator } from './grammar.ts'

/** Signs, the longer before those they begin with. */
export function signs(text: string): readonly string[] {
  return text.split(' ')
}

/** Those that every language with braces has. */
export const cSigns = signs('= + - * / % < > ! ~ & | ^ ? : ; , . ( ) [ ] { }')

const op = (binds: number, means: string): Operator => ({ binds, means })

/** Those that all languages read alike. */
export const arithmeticOperators: Readonly<Record<string, Operator>> = {
  '<<': op(10, '<<'),
  '>>': op(10, '>>'),
  '+': op(11, '+'),
  '-': op(11, '-'),
  '*': op(12, '*'),
  '/': op(12, '/'),
  '%': op(12, '%'),
  '**': { binds: 14, means: '**', fromRight: true },
}

export const cOperators: Readonly<Record<string, Operator>> = {
  '||': op(2, 'or'),
  '??': op(2, 'defined'),
  '&&': op(3, 'and'),
  '|': op(5, '|'),
  '^': op(6, '^'),
  '&': op(7, 'bits'),
  '==': op(8, '=='),
  '!=': op(8, '!='),
  '===': op(8, '=='),
  '!==': op(8, '!='),
  '<': op(9, '<'),
  '>': op(9, '>'),
  '<=': op(9, '<='),
  '>=': op(9, '>='),
  in: op(9, 'in'),
  instanceof: op(9, 'is'),
  ...arithmeticOperators,
  '>>>': op(10, '>>>'),
}

/** How close a sign before a value binds: closer than all but powers. */
export const signBinds = 14

export const cAssigns: Readonly<Record<string, string>> = {
  '=': '',
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '^=': '^',
  '%=': '%',
  '|=': '|',
  '&=': 'bits',
  '<<=': '<<',
  '>>=': '>>',
  '>>>=': '>>>',
  '**=': '**',
  '??=': '',
  '||=': '',
}

export function operator(binds: number, means: string): Operator {
  return op(binds, means)
}
