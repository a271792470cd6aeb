// Functions that do not take their arguments' values: they choose which of them to compute, or compute one many times.
import type { Expression } from '../../../ir/expression.ts'
import { fieldsRead } from '../../../ir/expression.ts'
import type { FunctionName } from '../../../ir/functions.ts'
import { compare, orders } from '../compare.ts'
import type { Compiled, Result, Scope, Single } from '../values.ts'
import { fromList, toList, truth } from '../values.ts'

export type FormName = Extract<
  FunctionName,
  'if' | 'case' | 'validate' | 'coalesce' | 'in' | 'mvfilter' | 'mvmap'
>

type Form = (
  of: readonly Expression[],
  compile: (e: Expression) => Compiled,
) => Compiled

export const forms: Readonly<Record<FormName, Form>> = {
  if: (of, compile) => {
    const [condition, then, otherwise] = of.map(compile) as [
      Compiled,
      Compiled,
      Compiled,
    ]
    return (s) => (truth(condition(s)) === true ? then(s) : otherwise(s))
  },
  case: (of, compile) => {
    const list = of.map(compile)
    return (s) => {
      for (let i = 0; i < list.length; i += 2) {
        if (truth(list[i]!(s)) === true) return list[i + 1]!(s)
      }
      return null
    }
  },
  validate: (of, compile) => {
    const list = of.map(compile)
    return (s) => {
      for (let i = 0; i + 1 < list.length; i += 2) {
        if (truth(list[i]!(s)) === false) return list[i + 1]!(s)
      }
      return null
    }
  },
  coalesce: (of, compile) => {
    const list = of.map(compile)
    return (s) => {
      for (const value of list) {
        const v = value(s)
        if (v !== null) return v
      }
      return null
    }
  },
  in: (of, compile) => {
    const [value, ...others] = of.map(compile)
    return (s) => memberOf(value!(s), others, s)
  },
  mvfilter: (of, compile) => {
    const condition = compile(of[0]!)
    const field = [...fieldsRead(of[0]!)][0]
    return (s) => {
      if (field === undefined) return null
      const kept = toList(s.get(field)).filter(
        (v) => truth(condition(withField(s, field, v))) === true,
      )
      return fromList(kept)
    }
  },
  mvmap: (of, compile) => {
    const list = compile(of[0]!)
    const each = compile(of[1]!)
    const field = [...fieldsRead(of[0]!)][0]
    return (s) => {
      const values = list(s)
      if (values === null || typeof values === 'boolean' || field === undefined)
        return null
      return fromList(
        toList(values).flatMap((v) => valuesOf(each(withField(s, field, v)))),
      )
    }
  },
}

function valuesOf(r: Result): readonly Single[] {
  return r === null || typeof r === 'boolean' ? [] : toList(r)
}

function withField(s: Scope, field: string, value: Single): Scope {
  return { now: s.now, get: (name) => (name === field ? value : s.get(name)) }
}

export function isForm(name: FunctionName): name is FormName {
  return Object.hasOwn(forms, name)
}

/** Whether a value equals one of the others. */
export function memberOf(
  v: Result,
  values: readonly Compiled[],
  s: Scope,
): boolean | null {
  if (v === null) return null
  let unknown = false
  for (const value of values) {
    const same = compare(v, value(s), orders['='])
    if (same) return true
    if (same === null) unknown = true
  }
  return unknown ? null : false
}
