// A property list as XML: plist(5).
import { type Element, readXmlTree } from '../xml-tree.ts'
import { type Plist, plistMap } from './value.ts'

export function readXmlPlist(text: string): Plist {
  const from = text.search(/<plist[\s>]/)
  const { root } = readXmlTree(from < 0 ? text : text.slice(from))
  const [plist] = root.children
  const [value] = plist?.children ?? []
  if (!value) throw new Error('no property list: it has no value')
  return plistOf(value)
}

function plistOf(element: Element): Plist {
  switch (element.name) {
    case 'dict':
      return plistMap(pairsOf(element))
    case 'array':
      return element.children.map(plistOf)
    case 'true':
      return true
    case 'false':
      return false
    case 'integer':
    case 'real':
      return Number(element.text)
    case 'data':
      return Buffer.from(element.text.replace(/\s+/g, ''), 'base64')
    default:
      return element.text
  }
}

function* pairsOf(dict: Element): Generator<readonly [string, Plist]> {
  let key: string | undefined
  for (const child of dict.children) {
    if (child.name === 'key') key = child.text
    else if (key !== undefined) {
      yield [key, plistOf(child)]
      key = undefined
    }
  }
}
