// Elastic's common schema, from Elastic Defend and from agents, under Sigma's names.
import { entryOf } from '../base/entry.ts'
import type { SourceRecord, Value } from '../base/record.ts'

import { type LogSource, logSource } from '../event/log-source.ts'
import { type FieldRow, namesIn } from '../event/schema/field.ts'
import { schema } from '../event/schema/index.ts'
import { ecsCategories, ecsProducts } from '../event/sources/ecs.ts'

import type { ProviderNormaliser } from './provider.ts'
import { firstText, textOf } from './read-first.ts'
import { additionsOf, alias, derived, ofAny, type Row } from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { hashList } from './windows/hashes.ts'
import { registryKey } from './windows/registry-key.ts'

/** Family `ecs`, without a Windows header: the provider is `event.module` or the data set, the id `event.category/event.action/event.type`. */
export const ecs: ProviderNormaliser = {
  applies: (p) => p.family === 'ecs',
  plan(shape, { provider, id }) {
    const system = firstText(shape, [
      'host.os.type',
      'host.os.family',
      'host.os.platform',
    ])
    const categories = categoriesOf(id)
    // Elastic Defend is no service of Sigma's; of other modules that is not known.
    const service = provider.startsWith('endpoint') ? [] : undefined
    return {
      add: additionsOf(ecsRows, shape),
      logSource: logSource(undefined, categories, service),
      ...(system && {
        logSourceOf: sourceBySystem(system, categories, service),
      }),
      ...whenAndWhere(shape, {
        time: ['@timestamp', 'event.created'],
        host: ['host.name', 'host.hostname', 'agent.name'],
      }),
    }
  },
}

function sourceBySystem(
  system: (record: SourceRecord) => string | undefined,
  categories: readonly string[] | undefined,
  service: readonly string[] | undefined,
): (record: SourceRecord) => LogSource {
  const known = new Map<string | undefined, LogSource>()
  return (r) => {
    const product = entryOf(ecsProducts, system(r)?.toLowerCase() ?? '')
    let source = known.get(product)
    if (!source) {
      source = logSource(product, categories, service)
      known.set(product, source)
    }
    return source
  }
}

/**
 * Of `event.category/event.action/event.type`: what the schema defines is the type, where a source's own word for the action is not
 * known. undefined where a category is none of those: every rule may then look at it.
 */
function categoriesOf(id: string): readonly string[] | undefined {
  const [kinds = '', action = '', types = ''] = id.toLowerCase().split('/')
  const found = new Set<string>()
  // An event may be of several categories, in which case the reader joins them with commas.
  for (const kind of kinds.split(',')) {
    const actions = entryOf(ecsCategories, kind)
    if (!actions) return undefined
    const word = [action, ...types.split(',')].find(
      (w) => w !== '' && entryOf(actions, w),
    )
    for (const c of actions[word ?? '']!) found.add(c)
  }
  return [...found]
}

/** What is no other name of one field, and then what is. */
export const ecsRows: readonly Row[] = [
  ofAny(
    'CommandLine',
    ['process.command_line', 'process.args'],
    (line, list) => {
      const value = isEmpty(line) ? list : line
      return Array.isArray(value) ? value.join(' ') : value
    },
  ),
  derived('User', ['user.name', 'user.domain'], (name, domain) => {
    const [user, at] = [textOf(name), textOf(domain)]
    return user !== undefined && at ? `${at}\\${user}` : user
  }),
  hashes(),
  ofAny('TargetObject', ['registry.path', 'registry.key'], (path, key) => {
    const text = textOf(path) || textOf(key)
    return text && registryPath(text)
  }),
  ofAny('PipeName', ['file.path', 'file.name'], (path, name) =>
    pipeName(textOf(isEmpty(path) ? name : path)),
  ),
  ...Object.entries<FieldRow>(schema).flatMap(([name, { ecs }]) =>
    ecs ? [alias(name, ...namesIn(ecs))] : [],
  ),
]

/** Elastic Defend leaves the name of a key's default value empty. */
function registryPath(text: string): string {
  const path = text.endsWith('\\') ? `${text}(Default)` : text
  return registryKey(path) ?? path
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === ''
}

/** As Sysmon writes them: `MD5=…,SHA256=…`. */
function hashes(): Row {
  const kinds = ['md5', 'sha1', 'sha256']
  const carriers = ['process', 'dll', 'file']
  const of = [
    ...kinds.flatMap((k) => carriers.map((c) => `${c}.hash.${k}`)),
    ...['process', 'dll'].map((c) => `${c}.pe.imphash`),
  ]
  return ofAny('Hashes', of, (...values) => {
    const first = (at: number) =>
      values.slice(at, at + 3).find((v) => !isEmpty(v))
    const [md5, sha1, sha256, imphash] = [0, 3, 6, 9].map(first)
    return hashList({ MD5: md5, SHA1: sha1, SHA256: sha256, IMPHASH: imphash })
  })
}

const pipePrefixes = ['\\Device\\NamedPipe', '\\\\.\\pipe', '\\??\\pipe']

/** Elastic Defend reports pipes as files; Sysmon names them from the backslash on. */
function pipeName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  const prefix = pipePrefixes.find((p) =>
    path.toLowerCase().startsWith(p.toLowerCase()),
  )
  return prefix && path.slice(prefix.length)
}
