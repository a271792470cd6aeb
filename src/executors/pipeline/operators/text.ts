// Operators that take the texts of fields apart or put them together.
import type {
  Convert,
  Eval,
  MakeMv,
  RegexFilter,
  Replace,
  Return,
  Rex,
  SedRex,
  Spath,
  Where,
} from '../../../ir/search.ts'
import { compileExpression, storable, truth } from '../expression.ts'
import { readDocument } from '../functions/json.ts'
import { replaceAll, text } from '../functions/text.ts'
import { flattenJson, parseJson } from '../functions/json-path.ts'
import {
  Held,
  LimitReached,
  maxHeldRows,
  maxMadeRows,
  maxTextLength,
  tooManyRows,
} from '../limit.ts'
import type { Emit, OperatorRun } from './operator.ts'
import { compilePcre } from '../pcre.ts'
import { fillWildcards, isInternal, NameSet, Row, Wildcard } from '../row.ts'
import { strftime, strptime } from '../time-format.ts'
import type { Single, Value } from '../values.ts'
import {
  boundedList,
  fromList,
  maxValuesOfField,
  numberOf,
  textOf,
  textOfValue,
  toList,
} from '../values.ts'
import { xmlPairs } from '../functions/xml-path.ts'

export function runWhere(op: Where, emit: Emit, now: number): OperatorRun {
  const test = compileExpression(op.of)
  return {
    push(row) {
      if (truth(test({ now, get: (name) => row.get(name) })) === true) emit(row)
    },
  }
}

export function runEval(op: Eval, emit: Emit, now: number): OperatorRun {
  const set = op.set.map(({ field, of }) => ({
    field,
    of: compileExpression(of),
  }))
  return {
    push(row) {
      const scope = { now, get: (name: string) => row.get(name) }
      for (const { field, of } of set) row.set(field, storable(of(scope)))
      emit(row)
    },
  }
}

export function runRex(op: Rex, emit: Emit): OperatorRun {
  const regex = compilePcre(op.pattern)
  const most = op.maxMatch || maxValuesOfField
  return {
    push(row) {
      const found = new Map<string, Single[]>()
      const offsets: string[] = []
      let left = most
      for (const v of toList(row.get(op.field))) {
        const matches = regex.matches(textOf(v), left)
        left -= matches.length
        for (const m of matches) {
          for (const [name, i] of regex.names) {
            const group = m.groups[i - 1]
            if (group === undefined) continue
            const values = found.get(name)
            if (values) values.push(group)
            else found.set(name, [group])
            if (op.offsetField) {
              const start = m.index + m.text.indexOf(group)
              offsets.push(`${name}=${start}-${start + group.length - 1}`)
            }
          }
        }
        if (left <= 0) break
      }
      for (const [name, values] of found) row.set(name, fromList(values))
      if (op.offsetField && offsets.length)
        row.set(op.offsetField, offsets.join('&'))
      emit(row)
    },
  }
}

export function runSed(op: SedRex, emit: Emit): OperatorRun {
  const change = sedChange(op.command)
  return {
    push(row) {
      const values = toList(row.get(op.field)).map((v) => change(textOf(v)))
      row.set(op.field, fromList(values))
      emit(row)
    },
  }
}

function sedChange(c: SedRex['command']): (text: string) => string {
  if (c.kind === 'y') {
    const to = [...c.to]
    const map = new Map([...c.from].map((ch, i) => [ch, to[i] ?? '']))
    return (s) => [...s].map((ch) => map.get(ch) ?? ch).join('')
  }
  const regex = compilePcre(c.pattern, c.ignoreCase)
  // sed's `&` is the whole match; `\&` the character.
  const replacement = c.replacement.replace(/\\&|&/g, (m) =>
    m === '&' ? '\\0' : '&',
  )
  const most = c.global ? undefined : (c.nth ?? 1)
  return (s) => replaceAll(s, regex, replacement, most, c.nth ?? 1)
}

export function runRegex(op: RegexFilter, emit: Emit): OperatorRun {
  const regex = compilePcre(op.pattern)
  return {
    push(row) {
      const any = toList(row.get(op.field)).some((v) => regex.test(textOf(v)))
      if (any !== op.negated) emit(row)
    },
  }
}

export function runMakeMv(op: MakeMv, emit: Emit): OperatorRun {
  const regex =
    op.tokenizer === undefined ? undefined : compilePcre(op.tokenizer)
  return {
    push(row) {
      const source = text(row.get(op.field))
      if (source !== undefined) {
        const parts = regex
          ? regex
              .matches(source, maxValuesOfField)
              .map((m) => m.groups[0] ?? m.text)
          : source.split(op.delim ?? ' ', maxValuesOfField)
        row.set(
          op.field,
          fromList(op.allowEmpty ? parts : parts.filter(Boolean)),
        )
      }
      emit(row)
    },
  }
}

export function runMvExpand(
  field: string,
  limit: number,
  emit: Emit,
): OperatorRun {
  let made = 0
  return {
    push(row) {
      const values = toList(row.get(field))
      if (values.length < 2) {
        emit(row)
        return
      }
      for (const v of limit ? values.slice(0, limit) : values) {
        if (++made > maxMadeRows) throw tooManyRows('mvexpand')
        const copy = row.copy()
        copy.set(field, v)
        emit(copy)
      }
    },
  }
}

/** Rows that differ in one field only become one. */
export function runMvCombine(field: string, emit: Emit): OperatorRun {
  const groups = new Map<string, { row: Row; values: Single[] }>()
  const held = new Held(maxHeldRows, '"mvcombine": rows')
  return {
    push(row) {
      held.add()
      const others = [...row.values].filter(
        ([name]) => name !== field && name !== '_raw',
      )
      for (const [, v] of others) boundedList(toList(v))
      const key = JSON.stringify(others)
      const group = groups.get(key)
      if (group) group.values.push(...toList(row.get(field)))
      else groups.set(key, { row, values: [...toList(row.get(field))] })
    },
    finish() {
      for (const { row, values } of groups.values()) {
        row.set(field, fromList(values))
        emit(row)
      }
    },
  }
}

export function runNoMv(field: string, emit: Emit): OperatorRun {
  return {
    push(row) {
      const v = row.get(field)
      if (v !== null) row.set(field, textOfValue(v))
      emit(row)
    },
  }
}

export function runSpath(op: Spath, emit: Emit): OperatorRun {
  return {
    push(row) {
      const document = text(row.get(op.input))
      if (document !== undefined) {
        if (op.path !== undefined) {
          const found = fromList(readDocument(document, op.path))
          if (found !== null) row.set(op.output ?? op.path, found)
        } else {
          for (const [name, values] of allPaths(document))
            row.set(name, fromList(values))
        }
      }
      emit(row)
    },
  }
}

function allPaths(document: string): Map<string, readonly Single[]> {
  const json = parseJson(document)
  if (json !== undefined) return flattenJson(json)
  return document.trimStart().startsWith('<') ? xmlPairs(document) : new Map()
}

export function runXmlKv(field: string, emit: Emit): OperatorRun {
  return {
    push(row) {
      const document = text(row.get(field))
      if (document !== undefined) {
        for (const [name, values] of xmlPairs(document))
          row.set(name, fromList(values))
      }
      emit(row)
    },
  }
}

export function runConvert(op: Convert, emit: Emit): OperatorRun {
  const plans = op.conversions.map((c) => ({
    ...c,
    names: c.field.includes('*') ? new NameSet([c.field]) : undefined,
  }))
  return {
    push(row) {
      for (const { fn, field, as, names } of plans) {
        const fields = names
          ? [...row.names()].filter((n) => names.has(n) && !isInternal(n))
          : [field]
        for (const name of fields) {
          const value = row.get(name)
          if (value === null) continue
          const changed = toList(value).map((v) =>
            convertOne(fn, v, op.timeFormat),
          )
          row.set(names ? name : as, fromList(changed.flatMap((v) => v ?? [])))
        }
      }
      emit(row)
    },
  }
}

function convertOne(
  fn: Convert['conversions'][number]['fn'],
  v: Single,
  format: string,
): Single | null {
  const n = numberOf(v)
  const s = textOf(v)
  switch (fn) {
    case 'ctime':
      return n === null ? v : (strftime(n, format) ?? v)
    case 'mktime':
      return strptime(s, format) ?? null
    case 'auto':
    case 'num': {
      const found = n ?? numberOf(s.replaceAll(',', ''))
      return fn === 'num' ? found : (found ?? v)
    }
    case 'none':
      return v
    case 'rmcomma':
      return s.replaceAll(',', '')
    case 'rmunit': {
      const m = /^\s*-?\d+(?:\.\d+)?/.exec(s)
      return m ? Number(m[0]) : null
    }
    case 'dur2sec': {
      const m = /^(?:(\d+)\+)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(s)
      if (!m) return null
      return (
        Number(m[1] ?? 0) * 86_400 +
        Number(m[2] ?? 0) * 3600 +
        Number(m[3]) * 60 +
        Number(m[4])
      )
    }
    case 'mstime': {
      const m = /^(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(s)
      return m ? Number(m[1] ?? 0) * 60 + Number(m[2]) : null
    }
    case 'memk': {
      const m = /^\s*(\d+(?:\.\d+)?)\s*([kmg])?/i.exec(s)
      if (!m) return null
      const scale = { k: 1, m: 1024, g: 1_048_576 } as const
      return (
        Number(m[1]) * scale[(m[2]?.toLowerCase() ?? 'k') as keyof typeof scale]
      )
    }
  }
}

export function runReplace(op: Replace, emit: Emit): OperatorRun {
  const pairs = op.pairs.map((p) => ({
    pattern: new Wildcard(p.from),
    to: p.to,
  }))
  const names = op.fields.length ? new NameSet(op.fields) : undefined
  return {
    push(row) {
      for (const [name, value] of [...row.values]) {
        if (names ? !names.has(name) : isInternal(name)) continue
        row.set(name, fromList(toList(value).map(change)))
      }
      emit(row)
    },
  }

  function change(v: Single): Single {
    const s = textOf(v)
    for (const { pattern, to } of pairs) {
      const m = pattern.match(s)
      if (m) return fillWildcards(to, m)
    }
    return v
  }
}

/** A row as a condition: `( a="1" AND b="2" )`. */
export function conditionOf(row: Row): string {
  const parts: string[] = []
  for (const [name, value] of row.values) {
    if (isInternal(name)) continue
    const each = toList(value).map((v) => {
      const quoted = `"${textOf(v).replace(/[\\"]/g, '\\$&')}"`
      return name === 'search' || name === 'query'
        ? textOf(v)
        : `"${name.replaceAll('"', '')}"=${quoted}`
    })
    parts.push(each.length === 1 ? each[0]! : `( ${each.join(' OR ')} )`)
  }
  return `( ${parts.join(' AND ')} )`
}

export function runFormat(limit: number, emit: Emit): OperatorRun {
  const parts: string[] = []
  const held = new Held(maxHeldRows, '"format": rows')
  let length = 0
  return {
    push(row) {
      if (limit && parts.length >= limit) return
      held.add()
      parts.push(conditionOf(row))
      length += parts.at(-1)!.length
      if (length > maxTextLength) {
        throw new LimitReached(
          '"format" makes too long a text',
          'format fewer rows',
        )
      }
    },
    finish() {
      const row = new Row()
      row.set(
        'search',
        parts.length ? `( ${parts.join(' OR ')} )` : 'NOT ( * )',
      )
      emit(row)
    },
  }
}

export function runReturn(op: Return, emit: Emit): OperatorRun {
  let count = 0
  return {
    push(row) {
      if (count >= op.count) return
      count++
      const out = new Row()
      const bare: string[] = []
      for (const { field, as, bare: only } of op.items) {
        const value: Value | null = row.get(field)
        if (value === null) continue
        if (only)
          bare.push(
            ...toList(value).map(
              (v) => `"${textOf(v).replace(/[\\"]/g, '\\$&')}"`,
            ),
          )
        else out.set(as, value)
      }
      if (bare.length) out.set('search', bare.join(' OR '))
      emit(out)
    },
  }
}
