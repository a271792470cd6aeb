// Files of COM: text streams of the scripting library, streams of ADO, and elements of XML that decode.
import type { Known } from '../fold/call.ts'
import { ofPipe, received } from '../fold/flow.ts'
import { decoded, fromBase64, fromHex } from '../fold/decode.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { pipeOf, tellFile } from './places.ts'

const isWriting = (mode: Value | undefined): boolean => {
  const n = numberOf(mode)
  return (
    n === 2 ||
    n === 8 ||
    (mode?.kind === 'unknown' && /writ|append/i.test(mode.hint))
  )
}

const textStream =
  (writes: boolean): Known =>
  (call) => {
    const path = shownOf(call.args[0])
    tellFile(call, path, writes || isWriting(call.args[1]))
    const via = pipeOf(path) ? ofPipe : 0
    return object('textstream', { data: text(path), via })
  }

/** What is written into a file may be a script. */
const streamWrite: Known = ({ receiver, args, path, budget, session }) => {
  if (receiver?.kind !== 'object') return undefined
  const known = receiver.entries.get('content')
  const added = shownOf(args[0]) + (path.endsWith('line') ? '\r\n' : '')
  if (!budget.make(added.length)) return undefined
  const content = text(
    (textOf(known) ?? '') + added,
    (known?.via ?? 0) | (args[0]?.via ?? 0),
  )
  receiver.entries.set('content', content)
  session.write(shownOf(receiver.data), content)
  return undefined
}

const textRead: Known = ({ receiver, session, path }) => {
  if (receiver?.kind !== 'object') return undefined
  if (receiver.via & received) return unknown('received', receiver.via)
  // A part of it is not all of it.
  return path.endsWith('readall')
    ? session.file(shownOf(receiver.data))
    : undefined
}

const copiesFile: Known = (call) => {
  const [from, to] = call.args.map(shownOf)
  if (!from || !to) return undefined
  tellFile(call, to, true)
  call.session.write(to, call.session.peek(from))
  return undefined
}

const streamClose: Known = (call) => {
  const { receiver } = call
  if (receiver?.kind !== 'object') return undefined
  const language = languageOfName(textOf(receiver.data) ?? '')
  if (language) call.script(receiver.entries.get('content'), language)
  return undefined
}

const contentOf = (value: Value | undefined): Value | undefined =>
  value?.kind === 'object' ? value.entries.get('content') : undefined

const saveToFile: Known = (call) => {
  const path = shownOf(call.args[0])
  tellFile(call, path, true)
  const content = contentOf(call.receiver)
  if (!content) return undefined
  call.session.write(path, content)
  const language = languageOfName(path)
  if (language) call.script(content, language)
  return undefined
}

const loadFromFile: Known = ({ receiver, args, session }) => {
  const content = session.file(shownOf(args[0]))
  const path = shownOf(args[0])
  if (receiver?.kind === 'object') {
    if (content) receiver.entries.set('content', content)
    else if (pipeOf(path))
      receiver.entries.set('content', unknown('received', ofPipe))
  }
  return undefined
}

/** An element of XML whose type is `bin.base64`: the usual way to decode. */
const typedValue: Known = ({ receiver, budget }) => {
  if (receiver?.kind !== 'object') return undefined
  const type = textOf(receiver.entries.get('datatype'))?.toLowerCase()
  const value =
    receiver.entries.get('text') ?? receiver.entries.get('nodetypedvalue')
  if (type === 'bin.base64') return fromBase64(value, budget)
  return type === 'bin.hex' ? fromHex(value, budget) : undefined
}

/** Text as it was written, bytes in the character set that was set. */
const streamRead: Known = ({ receiver }) => {
  const raw = contentOf(receiver)
  if (raw?.kind === 'text' || raw?.kind === 'unknown') return raw
  const charset =
    receiver?.kind === 'object'
      ? shownOf(receiver.entries.get('charset'))
      : undefined
  return decoded(raw, charset || 'latin1')
}

const keep: Known = ({ receiver, args }) => {
  if (receiver?.kind === 'object' && args[0])
    receiver.entries.set('content', args[0])
  return undefined
}

export const comFileCalls: Table = {
  'scripting.filesystemobject.createtextfile': textStream(true),
  'scripting.filesystemobject.opentextfile': textStream(false),
  'scripting.filesystemobject.copyfile': copiesFile,
  'scripting.filesystemobject.movefile': copiesFile,
  'textstream.readall': textRead,
  'textstream.readline': textRead,
  'textstream.read': textRead,
  'textstream.write': streamWrite,
  'textstream.writeline': streamWrite,
  'textstream.close': streamClose,
  'adodb.stream.savetofile': saveToFile,
  'adodb.stream.loadfromfile': loadFromFile,
  'adodb.stream.write': keep,
  'adodb.stream.writetext': keep,
  'adodb.stream.readtext': streamRead,
  'adodb.stream.read': streamRead,
  'xml.element.nodetypedvalue': typedValue,
}
