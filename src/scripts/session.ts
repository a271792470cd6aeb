// What the programs of one script leave to each other: variables of the environment, files that they wrote, and the file that it is itself.
import { text as textValue, type Value } from './fold/value.ts'

const maxVariables = 10_000
const maxFiles = 500
/** UTF-16 units that are written into a page before they are read. */
const maxWritten = 256 * 1024

/** How languages call the file that is run. */
const ownNames =
  /^(?:%~[a-z]{0,8}0|%0|%~dp0%~nx0|\{\$(?:pscommandpath|myinvocation\.(?:mycommand\.(?:path|definition|source)|pscommandpath))\}|\{wscript\.scriptfullname\})(?:\?\.\w{1,4})?$/i

export class Session {
  readonly #variables = new Map<string, Value>()
  readonly #files = new Map<string, Value>()
  readonly #elements = new Map<string, Value>()
  readonly #own: Value
  #written = ''
  #writtenVia = 0
  #isOwnRead = false

  /** `own`: the text of the script. */
  constructor(own: Value) {
    this.#own = own
  }

  variable(name: string): Value | undefined {
    return this.#variables.get(name.toLowerCase())
  }

  /** undefined: it is there no longer. */
  setVariable(name: string, value: Value | undefined): void {
    const key = name.toLowerCase()
    if (!value) this.#variables.delete(key)
    else if (this.#variables.size < maxVariables || this.#variables.has(key))
      this.#variables.set(key, value)
  }

  /** By their names in lower case. */
  get variables(): ReadonlyMap<string, Value> {
    return this.#variables
  }

  /** What is in it, as far as the script says so, for one who only looks. */
  peek(path: string): Value | undefined {
    const name = plainPath(path)
    return isOwn(name) ? this.#own : this.#files.get(name)
  }

  /** What is in it, for one who runs it. */
  file(path: string): Value | undefined {
    const name = plainPath(path)
    if (!isOwn(name)) return this.#files.get(name)
    this.#isOwnRead = true
    return this.#own
  }

  /** Of the page that the script stands in, by its name. */
  element(id: string): Value | undefined {
    return this.#elements.get(id.toLowerCase())
  }

  resource(id: string): Value | undefined {
    return this.#elements.get(`${id.toLowerCase()}\n`)
  }

  /** The first of a name is the one that is meant. */
  setElement(id: string, value: Value, isResource: boolean): void {
    const key = id.toLowerCase() + (isResource ? '\n' : '')
    if (!this.#elements.has(key)) this.#elements.set(key, value)
  }

  /** What is written into the page: all of it so far, once no script is open in it. `isEnd`: nothing follows. */
  writePage(text: string, via: number, isEnd = false): Value | undefined {
    this.#written += text
    this.#writtenVia |= via
    const low = this.#written.toLowerCase()
    const open = low.lastIndexOf('<script')
    const isOpen = open >= 0 && low.indexOf('</script', open) < 0
    const isWaiting = isOpen || /<[^>]{0,256}$/.test(low)
    const tooLong = this.#written.length > maxWritten
    if (!this.#written || (isWaiting && !isEnd && !tooLong)) return undefined
    const whole = textValue(this.#written, this.#writtenVia)
    this.#written = ''
    this.#writtenVia = 0
    return whole
  }

  /** Somebody runs what is in the script itself. */
  get isOwnRead(): boolean {
    return this.#isOwnRead
  }

  /** undefined: it is there no longer. */
  write(path: string, content: Value | undefined): void {
    const name = plainPath(path)
    if (!name || isOwn(name)) return
    if (!content) this.#files.delete(name)
    else if (this.#files.size < maxFiles || this.#files.has(name))
      this.#files.set(name, content)
  }
}

function plainPath(path: string): string {
  return path
    .trim()
    .replace(/^["']|["']$/g, '')
    .replaceAll('/', '\\')
    .replace(/^\.\\/, '')
    .toLowerCase()
    .replace(/\{\$?env:([\w()]{1,64})\}/g, '%$1%')
    .replace('%tmp%', '%temp%')
}

/** Is it the file of the script that is read? */
export function isOwnFile(path: string): boolean {
  return isOwn(plainPath(path))
}

function isOwn(name: string): boolean {
  return ownNames.test(name)
}
