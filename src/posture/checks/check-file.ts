// Is a file a check? Its words are read once, here; what is missing or not known is said with the file's name.
import { parse } from 'yaml'

import { didYouMean } from '../../base/did-you-mean.ts'

import { platforms } from '../facts/facts.ts'
import {
  type Address,
  type Check,
  type CheckEvidence,
  mitigationNames,
  type Remedy,
  type Status,
  statuses,
} from './check.ts'
import {
  type Expectation,
  expectWords,
  isExpectWord,
  type Operand,
} from './expect.ts'

export type ReadCheck =
  | { readonly check: Check }
  | { readonly file: string; readonly fault: string }

const members = [
  'id',
  'title',
  'platform',
  'source',
  'mitigations',
  'techniques',
  'each',
  'when',
  'look',
  'covers',
  'gpo',
  'expect',
  'absent',
  'why',
  'remedy',
  'undo',
  'reference',
  'evidence',
]

type Members = Readonly<Record<string, unknown>>

class Fault extends Error {}

export function readCheck(text: string, file: string): ReadCheck {
  try {
    const value: unknown = parse(text, { maxAliasCount: 0 })
    return { check: checkOf(mapOf(value, 'the file'), file) }
  } catch (error) {
    return { file, fault: (error as Error).message.split('\n')[0]! }
  }
}

function checkOf(m: Members, file: string): Check {
  for (const name of Object.keys(m)) {
    if (!members.includes(name))
      throw new Fault(`unknown member "${name}". ${didYouMean(name, members)}`)
  }
  const platform = platforms.find((p) => p === m.platform)
  if (!platform) throw new Fault(`platform: one of ${platforms.join(', ')}`)
  const mitigations = textsOf(m.mitigations, 'mitigations')
  const strange = mitigations.find((id) => !Object.hasOwn(mitigationNames, id))
  if (strange) throw new Fault(`mitigations: "${strange}" is none of T1559`)
  const absent = mapOf(m.absent, 'absent')
  const remedy = mapOf(m.remedy, 'remedy')
  return {
    id: textOf(m.id, 'id'),
    title: textOf(m.title, 'title'),
    platform,
    source: textOf(m.source, 'source'),
    mitigations,
    techniques: textsOf(m.techniques, 'techniques'),
    ...(m.each !== undefined && { each: textOf(m.each, 'each') }),
    when: conditionsOf(m.when),
    look: listOf(m.look, 'look').map((a) => addressOf(a)),
    covers: m.covers === 'any' ? 'any' : 'all',
    ...(m.gpo !== undefined && { gpo: gpoOf(mapOf(m.gpo, 'gpo')) }),
    expect: expectationsOf(m.expect),
    absent: {
      is: statusOf(absent.is, 'absent.is'),
      because: textOf(absent.because, 'absent.because'),
      ...(absent.remedy !== undefined && {
        remedy: remedyOf(mapOf(absent.remedy, 'absent.remedy')),
      }),
      ...(absent.undo !== undefined && {
        undo: textOf(absent.undo, 'absent.undo').trim(),
      }),
    },
    why: textOf(m.why, 'why').trim(),
    remedy: remedyOf(remedy),
    undo: textOf(m.undo, 'undo').trim(),
    reference: textOf(m.reference, 'reference'),
    evidence: listOf(m.evidence, 'evidence').map(evidenceOf),
    file,
  }
}

function remedyOf({ command, policy }: Members): Remedy {
  if (command === undefined && policy === undefined) {
    throw new Fault('remedy: neither command nor policy')
  }
  return {
    ...(command !== undefined && {
      command: textOf(command, 'remedy.command').trim(),
    }),
    ...(policy !== undefined && { policy: textOf(policy, 'remedy.policy') }),
  }
}

function gpoOf(m: Members): NonNullable<Check['gpo']> {
  return {
    name: textOf(m.name, 'gpo.name'),
    enabled: operandOf(m.enabled, 'gpo.enabled') as string | number,
    disabled: operandOf(m.disabled, 'gpo.disabled') as string | number,
  }
}

function conditionsOf(value: unknown): Check['when'] {
  if (value === undefined) return []
  return listOf(value, 'when').map((one) => {
    const m = mapOf(one, 'when')
    return { look: addressOf(m.look), expect: expectationsOf(m.expect) }
  })
}

function expectationsOf(value: unknown): readonly Expectation[] {
  return Object.entries(mapOf(value, 'expect')).map(([word, operands]) => {
    if (!isExpectWord(word)) {
      throw new Fault(
        `expect: unknown word "${word}". ${didYouMean(word, expectWords)}`,
      )
    }
    const list = Array.isArray(operands) ? operands : [operands]
    return { word, operands: list.map((o) => operandOf(o, word)) }
  })
}

function evidenceOf(value: unknown): CheckEvidence {
  const m = mapOf(value, 'evidence')
  const files = Object.entries(mapOf(m.files, 'evidence.files')).map(
    ([name, text]) => [name, textOf(text, `evidence.files.${name}`)] as const,
  )
  return {
    is: statusOf(m.is, 'evidence.is'),
    files: Object.fromEntries(files),
    root: m.root === true,
  }
}

function addressOf(value: unknown): Address {
  const text = textOf(value, 'an address')
  const mark = text.lastIndexOf('!')
  if (mark < 1) throw new Fault(`"${text}": expected KEY!NAME`)
  return { key: text.slice(0, mark), name: text.slice(mark + 1) }
}

function statusOf(value: unknown, what: string): Status {
  const status = statuses.find((s) => s === value)
  if (!status) throw new Fault(`${what}: one of ${statuses.join(', ')}`)
  return status
}

function mapOf(value: unknown, what: string): Members {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Fault(`${what}: expected a mapping`)
  }
  return value as Members
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value) || !value.length) {
    throw new Fault(`${what}: expected a list that is not empty`)
  }
  return value
}

function textsOf(value: unknown, what: string): readonly string[] {
  return listOf(value, what).map((v) => textOf(v, what))
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || !value.trim()) {
    throw new Fault(`${what}: expected a text`)
  }
  return value
}

function operandOf(value: unknown, what: string): Operand {
  if (['string', 'number', 'boolean'].includes(typeof value)) {
    return value as Operand
  }
  throw new Fault(`${what}: expected a text, a number, true or false`)
}
