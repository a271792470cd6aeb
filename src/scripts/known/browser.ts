// What a page does that builds a file and hands it to whoever looks at it: blobs, addresses that hold data, downloads of its own.
import type { Budget } from '../budget.ts'
import type { Known } from '../fold/call.ts'
import { fromBase64 } from '../fold/decode.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  bytes,
  bytesOf,
  itemsOf,
  object,
  shownOf,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { functionOfText } from './node.ts'

/** `new Blob([part, …])`, `new File([part, …], name)`. */
const blob: Known = (call) => {
  const parts = itemsOf(call.args[0])?.map(bytesOf) ?? []
  const whole = parts.every((p) => p !== undefined)
  const name = call.path.startsWith('file') ? textOf(call.args[1]) : undefined
  if (name) call.tell('write', name)
  return object('blob', {
    ...(whole && parts.length > 0 && { data: bytes(Buffer.concat(parts), 0) }),
  })
}

const saves: Known = (call) => {
  call.tell('write', shownOf(call.args[1]))
  return undefined
}

/** A link is given the name of the file that it makes. */
const named: Known = (call) => {
  const name = textOf(call.args[0])
  if (name) call.tell('write', name)
  return undefined
}

/** Programs that are started by an address of their own. */
const startsProgram = /^(?:ms-(?!appx)[\w-]+|search-ms|search):/i

/** Where the page, a frame or a link leads: data of its own, or a program. */
const leads: Known = (call) => {
  const [given] = call.args
  const address = textOf(given)
  if (!given || address === undefined) return undefined
  if (startsProgram.test(address)) call.tell('start', address)
  return dataOf(given, address, call.budget)
}

function dataOf(
  { via }: Value,
  address: string,
  budget: Budget,
): Value | undefined {
  const comma = /^data:[^,]{0,256};base64,/i.exec(address)?.[0].length
  if (comma === undefined) return undefined
  const text = { kind: 'text', text: address.slice(comma), via } as const
  return fromBase64(text, budget)
}

export const browserCalls: Table = {
  'blob.new': blob,
  'file.new': blob,
  'window.blob.new': blob,
  'navigator.mssaveblob': saves,
  'navigator.mssaveoropenblob': saves,
  'window.navigator.mssaveblob': saves,
  'window.navigator.mssaveoropenblob': saves,
  saveas: saves,
  '.download=': named,
  '.href=': leads,
  '.src=': leads,
  'location=': leads,
  '.location=': leads,
  '.assign': leads,
  // Whatever has a constructor, that of a function makes functions of text.
  '.constructor': (call) => {
    const isFunction =
      call.receiver?.kind === 'function' ||
      (call.receiver?.kind === 'unknown' && call.receiver.hint.startsWith('.'))
    if (!call.args.length)
      return object(isFunction ? 'function' : 'constructor')
    return isFunction ? functionOfText(call) : undefined
  },
  constructor: () => undefined,
  'url.createobjecturl': () => unknown('object URL'),
}
