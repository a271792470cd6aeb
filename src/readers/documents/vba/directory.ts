// Which modules does a VBA project have, and where is the source of each (MS-OVBA 2.3.4.2)?
import { Cursor, u32At } from '../binary/cursor.ts'
import { windows1252 } from '../binary/windows-1252.ts'

export interface ModulePlace {
  readonly name: string
  readonly stream: string
  /** Byte of its stream where the source begins; before it lies what was compiled. */
  readonly sourceAt: number
}

export interface ProjectDirectory {
  readonly codePage: number
  /** Whether Office of 64 bits wrote it (MS-OVBA 2.3.4.2.1.1). */
  readonly is64bit: boolean
  readonly modules: readonly ModulePlace[]
  /** Libraries that it refers to, as they are written there. */
  readonly references: readonly string[]
}

const ids = {
  system: 0x01,
  codePage: 0x03,
  version: 0x09,
  reference: 0x0d,
  project: 0x0e,
  control: 0x2f,
  name: 0x19,
  stream: 0x1a,
  end: 0x2b,
  offset: 0x31,
  wideName: 0x47,
  wideStream: 0x32,
}
/** Of one project; of those behind them nothing is known. */
export const maxModules = 4096

export function projectDirectory(unpacked: Buffer): ProjectDirectory {
  const cursor = new Cursor(unpacked)
  const modules: ModulePlace[] = []
  const references: string[] = []
  let codePage = 1252
  let is64bit = false
  let module: { name?: string; stream?: string; sourceAt?: number } = {}
  while (cursor.left >= 6 && modules.length < maxModules) {
    const id = cursor.u16()
    const size = cursor.u32()
    // 2.3.4.2.1.11: the size of this one does not count its last two bytes.
    const body = cursor.take(id === ids.version ? size + 2 : size)
    const wide = () => body.toString('utf16le')
    if (id === ids.system) is64bit = u32At(body, 0) === 3
    else if (id === ids.codePage)
      codePage = body.length >= 2 ? body.readUInt16LE(0) : 1252
    else if (id === ids.name) module.name ??= windows1252(body)
    else if (id === ids.wideName) module.name = wide()
    else if (id === ids.stream) module.stream ??= windows1252(body)
    else if (id === ids.wideStream) module.stream = wide()
    else if (id === ids.offset)
      module.sourceAt = body.length >= 4 ? body.readUInt32LE(0) : 0
    else if (id === ids.reference || id === ids.project || id === ids.control)
      references.push(libraryOf(body))
    else if (id === ids.end) {
      const { name, stream = name, sourceAt = 0 } = module
      if (stream !== undefined)
        modules.push({ name: name ?? stream, stream, sourceAt })
      module = {}
    }
  }
  return { codePage, is64bit, modules, references }
}

function libraryOf(body: Buffer): string {
  const cursor = new Cursor(body)
  return windows1252(cursor.take(cursor.u32()))
}
