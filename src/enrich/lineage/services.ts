// Which service is a process? Services are installed with a command, and run by services.exe with the same.
import { type Fact, textIn } from '../facts/fact.ts'
import { Recent } from '../../base/recent.ts'
import { type Process, programOf } from './process.ts'

const maxServices = 10_000

export class Services {
  readonly #byCommand = new Recent<string>(maxServices, {
    bytesOf: (name) => name.length,
  })

  note(fact: Fact): void {
    const name = textIn(fact, 'ServiceName')
    const command = textIn(fact, 'ServiceCommand')
    if (name && command) this.#byCommand.set(keyOf(fact.host, command), name)
  }

  of({
    host,
    commandLine,
    image,
    parent,
    parentImage,
  }: Process): string | undefined {
    if (programOf(parent?.image ?? parentImage) !== 'services.exe')
      return undefined
    const own = commandLine ?? image
    return own ? this.#byCommand.get(keyOf(host, own)) : undefined
  }
}

/** `%SystemRoot%\\x.exe` is what `"C:\\Windows\\x.exe"` is. */
function keyOf(host: string, command: string): string {
  const plain = command
    .replaceAll('"', '')
    .toLowerCase()
    .replace(
      /^(?:%systemroot%|%windir%|\\systemroot|\\\?\?\\c:\\windows)/,
      'c:\\windows',
    )
    .trim()
  return `${host}\0${plain}`
}
