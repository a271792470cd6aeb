// Elastic's common schema, from Elastic Defend and from agents, under Sigma's names.
import { entryOf } from '../base/entry.ts'
import type { Shape, SourceRecord, Value } from '../base/record.ts'

import { type LogSource, logSource } from '../event/log-source.ts'
import { type FieldRow, namesIn } from '../event/schema/field.ts'
import { schema } from '../event/schema/index.ts'
import { ecsCategories, ecsProducts } from '../event/sources/ecs.ts'

import type { Addition, ProviderNormaliser } from './provider.ts'
import { firstText, firstTime, firstValue, textOf } from './read-first.ts'

export const ecs: ProviderNormaliser = {
  applies: (p) => p.family === 'ecs',
  plan(shape, { provider, id }) {
    const time = firstTime(shape, ['@timestamp', 'event.created'])
    const host = firstText(shape, ['host.name', 'host.hostname', 'agent.name'])
    const system = firstText(shape, [
      'host.os.type',
      'host.os.family',
      'host.os.platform',
    ])
    const categories = categoriesOf(id)
    // Elastic Defend is no service of Sigma's; of other modules that is not known.
    const service = provider.startsWith('endpoint') ? [] : undefined
    return {
      add: [...derived(shape), ...aliases(shape)],
      logSource: logSource(undefined, categories, service),
      ...(system && {
        logSourceOf: sourceBySystem(system, categories, service),
      }),
      ...(time && { time }),
      ...(host && { host }),
    }
  },
}

function aliases(shape: Shape): Addition[] {
  return Object.entries<FieldRow>(schema).flatMap(([name, { ecs }]) => {
    const known = namesIn(ecs).find((from) => shape.indexOf(from) >= 0)
    return known === undefined ? [] : [{ name, from: known }]
  })
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
 * Of `event.category/event.action`. undefined where a category is none of those: every rule may then look at it.
 */
function categoriesOf(id: string): readonly string[] | undefined {
  const [kinds, action] = cutAt(id.toLowerCase(), '/')
  const found = new Set<string>()
  // An event may be of several categories, in which case the reader joins them with commas.
  for (const kind of kinds.split(',')) {
    const actions = entryOf(ecsCategories, kind)
    if (!actions) return undefined
    for (const c of entryOf(actions, action) ?? actions['']!) found.add(c)
  }
  return [...found]
}

function cutAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** What is no other name of one field. */
function derived(shape: Shape): Addition[] {
  const add: Addition[] = []
  const command = firstValue(shape, ['process.command_line', 'process.args'])
  if (command) {
    add.push({
      name: 'CommandLine',
      from: (r) => {
        const value = command(r)
        return Array.isArray(value) ? value.join(' ') : value
      },
    })
  }
  const name = firstText(shape, ['user.name'])
  const domain = firstText(shape, ['user.domain'])
  if (name) {
    add.push({
      name: 'User',
      from: (r) => {
        const user = name(r)
        const at = domain?.(r)
        return user !== undefined && at ? `${at}\\${user}` : user
      },
    })
  }
  const hashes = hashesOf(shape)
  if (hashes) add.push({ name: 'Hashes', from: hashes })
  const file = firstText(shape, ['file.path', 'file.name'])
  if (file) {
    add.push({ name: 'PipeName', from: (r) => pipeName(file(r)) })
  }
  return add
}

/** As Sysmon writes them: `MD5=…,SHA256=…`. */
function hashesOf(
  shape: Shape,
): ((record: SourceRecord) => Value | undefined) | undefined {
  const parts = ['md5', 'sha1', 'sha256', 'imphash'].flatMap((kind) => {
    const names =
      kind === 'imphash'
        ? ['process.pe.imphash', 'dll.pe.imphash']
        : [`process.hash.${kind}`, `dll.hash.${kind}`, `file.hash.${kind}`]
    const read = firstText(shape, names)
    return read ? [{ kind: kind.toUpperCase(), read }] : []
  })
  if (!parts.length) return undefined
  return (r) => {
    const texts = parts.flatMap(({ kind, read }) => {
      const text = textOf(read(r))
      return text ? [`${kind}=${text}`] : []
    })
    return texts.length ? texts.join(',') : undefined
  }
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
