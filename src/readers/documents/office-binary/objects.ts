// Objects that a document embeds or links (OLE), each in a storage of its own: whose class, which file, where a link leads.
import type { CompoundEntry } from '../compound/compound-file.ts'
import { programOf } from '../ole/classes.ts'
import {
  isNativeStream,
  madeBy,
  nativeStream,
  packagedFile,
} from '../ole/embedded.ts'
import { anyAddress, isOleStream, linkSource } from '../ole/ole-stream.ts'
import { fileNameOf, packagedParts, textOf } from '../ole/package-item.ts'
import { programItem } from '../ole/program-item.ts'
import { isSourceLike } from '../ole/source-like.ts'

import type { OpenedCompound } from './opened.ts'

export async function readObjects(opened: OpenedCompound): Promise<void> {
  const { file, writer } = opened
  const { format } = writer
  const seen = new Set<string>()
  for (const entry of file.entries) {
    if (entry.kind !== 'storage') continue
    const has = (name: string) => file.find(under(entry, name))
    const isNative = !!has('[1]Ole10Native') || !!has(equation)
    // What is a document itself has these streams as well.
    const isObject =
      entry.path === ''
        ? isNative ||
          !!linkSource(file.read('[1]Ole')) ||
          (format === 'ole' && isClassed(entry) && !isDocument(entry))
        : isNative || !!has('[1]Ole') || isClassed(entry)
    if (!isObject) continue
    if (seen.has(entry.path)) continue
    seen.add(entry.path)
    checkStreams(opened, entry)
    await readObject(opened, entry)
  }
  for (const entry of file.entries) {
    if (entry.kind === 'stream' && /^package$/i.test(entry.name))
      await writer.inside(entry.path, file.read(entry))
  }
}

/** What the editor of equations keeps (MTEF). */
const equation = 'Equation Native'
/** Its head: so many bytes, a number of 16 bits that says so first. */
const equationHead = 28

/** Whether a stream of this name can be one. */
const beginnings: readonly (readonly [string, (stream: Buffer) => boolean])[] =
  [
    ['[1]Ole', isOleStream],
    ['[1]Ole10Native', isNativeStream],
    [
      equation,
      (s) => s.length >= equationHead && s.readUInt16LE(0) === equationHead,
    ],
  ]

/** A storage that names a program, other than what documents are made of anyway. */
function isClassed({ classId, path }: CompoundEntry): boolean {
  return (
    classId !== '' &&
    !/(?:^|\/)(?:ObjectPool|VBA|Macros|_VBA_PROJECT_CUR)$/i.test(path)
  )
}

function isDocument({ classId }: CompoundEntry): boolean {
  return /^(?:Word|Excel|PowerPoint)\./.test(programOf(classId))
}

function checkStreams(
  { file, writer }: OpenedCompound,
  entry: CompoundEntry,
): void {
  for (const [name, beginsWell] of beginnings) {
    const part = under(entry, name)
    if (file.find(part) && !beginsWell(file.read(part)))
      writer.damaged('it is not what its name says', part)
  }
}

async function readObject(
  { file, writer }: OpenedCompound,
  entry: CompoundEntry,
): Promise<void> {
  const read = (name: string) => file.read(under(entry, name))
  const { progId, userType } = madeBy(read('[1]CompObj'))
  const link = read('[1]Ole')
  const source = linkSource(link) ?? anyAddress(link)
  const native = nativeStream(read('[1]Ole10Native'))
  const formula = read(equation)
  const packaged = packagedFile(native)
  const program =
    progId ||
    programOf(entry.classId) ||
    programOf(source?.classId ?? '') ||
    (formula.length ? 'Equation.3' : '')
  const stream = file.find(under(entry, '[1]Ole10Native'))
    ? '[1]Ole10Native'
    : ''
  writer.add({
    kind: 'object',
    part: under(entry, stream),
    text: textOf(
      program || userType || entry.classId,
      source?.target,
      packaged,
    ),
    ...(entry.classId && { classId: `{${entry.classId}}` }),
    ...(program && { progId: program }),
    ...(source?.target && { target: source.target, targetMode: 'external' }),
    ...(source && { relation: `oleLink ${source.kind}` }),
    ...(packaged && packagedParts(packaged)),
    ...programItem(
      formula.length ? 'Equation' : program,
      formula.length ? formula : native,
    ),
  })
  if (packaged) await writer.inside(fileNameOf(packaged), packaged.data)
  else if (isSourceLike(native))
    await writer.inside(under(entry, stream), native)
  for (const name of ['CONTENTS', 'Contents']) {
    const contents = read(name)
    if (isSourceLike(contents)) {
      await writer.inside(under(entry, name), contents)
      break
    }
  }
}

function under({ path }: CompoundEntry, name: string): string {
  return path && name ? `${path}/${name}` : path || name
}
