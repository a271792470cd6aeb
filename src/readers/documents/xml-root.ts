// Which element is the root of a source that begins as XML does? It alone tells what a document is: within it may lie a text of any kind.
import { decodeXml } from './xml.ts'

export interface Root {
  /** Without prefix. */
  readonly name: string
  /** As they are written, with the names of spaces. */
  readonly attributes: string
}

/** In bytes: what stands before the first tag. */
const begins = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]{0,512}</
/** Spaces are many, and a tag that names them all is long. */
const tag = /<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,63})\b([^<]{0,32768})/

/** By its beginning. */
export function rootOf(head: Buffer): Root | undefined {
  if (!begins.test(head.toString('latin1', 0, 1024))) return undefined
  const found = tag.exec(withoutComments(decodeXml(head).text))
  return found ? { name: found[1]!, attributes: found[2]! } : undefined
}

function withoutComments(text: string): string {
  return text.includes('<!--') ? text.replace(/<!--.*?-->/gs, '') : text
}
