// The macro source of a document, module by module. Found by the project's own directory where that can be read, and else by the
// first line that every module has.
import type { Damage } from '../../../base/record.ts'

import { u16At } from '../binary/cursor.ts'
import type { CompoundEntry, CompoundFile } from '../compound/compound-file.ts'

import {
  type Compiled,
  compiledOf,
  type Compiler,
  type Disagreement,
  disagreement,
} from './compiled.ts'
import { decompressVba, maxUnpacked } from './decompress.ts'
import {
  maxModules,
  type ProjectDirectory,
  projectDirectory,
} from './directory.ts'

import { identifiersOf, withoutSource } from './identifiers.ts'

export interface MacroModule {
  readonly name: string
  /** Path of its stream. */
  readonly stream: string
  readonly source: string
  /** Of the source, in bytes; at most `maxUnpacked`. */
  readonly unpacked: number
  /** Byte of its stream where the packed source begins. */
  readonly sourceAt: number
  readonly compiled: Compiled & { readonly bytes: Buffer }
  readonly disagreement: Disagreement | undefined
}

export interface MacroProject {
  readonly storage: string
  readonly references: readonly string[]
  readonly modules: readonly MacroModule[]
  /** Names of its compiled form that act, and that no source has. */
  readonly unwritten: readonly string[]
}

/** Every project in it; a workbook in a document may have one of its own. */
export function* macroProjects(
  file: CompoundFile,
  told: (damage: Damage) => void,
): Generator<MacroProject> {
  for (const storage of file.entries) {
    if (storage.kind !== 'storage' || !isProject(file, storage)) continue
    yield projectIn(file, storage, told)
  }
}

function isProject(file: CompoundFile, storage: CompoundEntry): boolean {
  if (file.find(`${storage.path}/_VBA_PROJECT`)) return true
  return (
    /^(?:.*\/)?VBA$/i.test(storage.path) && !!file.find(`${storage.path}/dir`)
  )
}

/** Of a module whose source unpacks to so many bytes. */
function damageOf(stream: string, unpacked: number): Damage | undefined {
  const said = { what: 'macros', offset: 0 }
  if (unpacked === 0)
    return { ...said, message: `${stream}: no source could be unpacked` }
  if (unpacked < maxUnpacked) return undefined
  const message = `${stream}: the source unpacks to over ${maxUnpacked} bytes and is cut`
  return { ...said, message, isBound: true }
}

function projectIn(
  file: CompoundFile,
  storage: CompoundEntry,
  told: (damage: Damage) => void,
): MacroProject {
  const packed = file.read(`${storage.path}/dir`)
  const unpacked = decompressVba(packed)
  const directory = unpacked && projectDirectory(unpacked)
  if (!directory?.modules.length) {
    told({
      what: 'macros',
      offset: 0,
      message: `${storage.path}/dir names no modules; they were looked for in all streams there`,
    })
  }
  if ((directory?.modules.length ?? 0) >= maxModules) {
    told({
      what: 'macros',
      offset: 0,
      message: `${storage.path}/dir names over ${maxModules} modules; the rest was not read`,
      isBound: true,
    })
  }
  const compiled = file.read(`${storage.path}/_VBA_PROJECT`)
  const compiler = {
    is64bit: directory?.is64bit ?? false,
    version: u16At(compiled, 2),
  }
  const project = { file, storage, directory, compiler }
  const modules = [...listed(project), ...unlisted(project)]
  for (const { stream, unpacked: bytes } of modules) {
    const damage = damageOf(stream, bytes)
    if (damage) told(damage)
  }
  return {
    storage: storage.path,
    references: directory?.references ?? [],
    modules,
    unwritten: withoutSource(
      identifiersOf(compiled),
      modules.map((m) => m.source),
    ),
  }
}

interface OpenedProject {
  readonly file: CompoundFile
  readonly storage: CompoundEntry
  readonly directory: ProjectDirectory | undefined
  readonly compiler: Compiler
}

function* listed(project: OpenedProject): Generator<MacroModule> {
  const { file, storage, directory } = project
  for (const { name, stream, sourceAt } of directory?.modules ?? []) {
    const entry = file.find(`${storage.path}/${stream}`)
    if (!entry) continue
    const bytes = file.read(entry)
    const found = decompressVba(bytes, sourceAt)
    const at = found ? sourceAt : sourceStart(bytes)
    const source = found ?? (at < 0 ? undefined : decompressVba(bytes, at))
    yield moduleOf(
      name,
      entry,
      bytes,
      at < 0 ? bytes.length : at,
      source,
      project,
    )
  }
}

/** Streams that no directory names, and yet have source in them. */
function* unlisted(project: OpenedProject): Generator<MacroModule> {
  const { file, storage, directory } = project
  const named = new Set(directory?.modules.map((m) => m.stream.toLowerCase()))
  for (const entry of file.entries) {
    if (entry.storage !== storage.path || entry.kind !== 'stream') continue
    if (named.has(entry.name.toLowerCase()) || entry.name === 'dir') continue
    if (/^_(?:VBA_PROJECT|_SRP_)/i.test(entry.name)) continue
    const bytes = file.read(entry)
    const at = sourceStart(bytes)
    if (at < 0) continue
    const source = decompressVba(bytes, at)
    yield moduleOf(entry.name, entry, bytes, at, source, project)
  }
}

function moduleOf(
  name: string,
  entry: CompoundEntry,
  bytes: Buffer,
  sourceAt: number,
  packed: Buffer | undefined,
  { directory, compiler }: OpenedProject,
): MacroModule {
  const source = sourceText(
    packed ?? Buffer.alloc(0),
    directory?.codePage ?? 1252,
  )
  const compiled = compiledOf(bytes, sourceAt, compiler)
  return {
    name,
    stream: entry.path,
    source,
    unpacked: packed?.length ?? 0,
    sourceAt,
    compiled: { bytes: bytes.subarray(0, sourceAt), ...compiled },
    disagreement: disagreement(compiled, source),
  }
}

/** A container (1), a chunk head, a byte of flags that is 0, and `Attribut`. */
const firstLine = Buffer.from('\0Attribut', 'latin1')

function sourceStart(bytes: Buffer): number {
  const at = bytes.indexOf(firstLine)
  return at >= 3 && bytes[at - 3] === 1 ? at - 3 : -1
}

const encodings: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  874: 'windows-874',
  10000: 'macintosh',
  65001: 'utf-8',
}

function sourceText(bytes: Buffer, codePage: number): string {
  const isWindows = codePage >= 1250 && codePage <= 1258
  const label = encodings[codePage] ?? `windows-${isWindows ? codePage : 1252}`
  return new TextDecoder(label).decode(bytes)
}
