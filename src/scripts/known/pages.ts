// What scripts of a page ask of it and write into it: elements by their names, markup with scripts in it, scripts that are made.
// https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis; WSF: getResource
import type { Call, Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { object, shownOf, textOf, type Value } from '../fold/value.ts'
import { isUrl } from './places.ts'

const byName: Known = ({ args: [name], session }) => {
  const id = textOf(name)
  return id === undefined ? undefined : session.element(id)
}

/** `#name` alone. */
const bySelector: Known = ({ args: [selector], session }) => {
  const [, id] = /^#([\w-]{1,128})$/.exec(textOf(selector)?.trim() ?? '') ?? []
  return id === undefined ? undefined : session.element(id)
}

const resource: Known = ({ args: [name], session }) => {
  const id = textOf(name)
  const of = id === undefined ? undefined : session.resource(id)
  return of?.kind === 'object' ? of.entries.get('text') : undefined
}

const attribute: Known = ({ receiver, args: [name] }) =>
  receiver?.kind === 'object' && name
    ? receiver.entries.get(shownOf(name).toLowerCase())
    : undefined

/** What is written into the page is read where a script in it is whole. */
const writes: Known = (call) => {
  const parts = call.args.map(shownOf)
  const line = call.path.endsWith('ln') ? '\n' : ''
  const via = call.args.reduce((all, a) => all | a.via, 0)
  const whole = call.session.writePage(parts.join('') + line, via)
  if (whole) call.script(whole, 'html')
  return undefined
}

/** Scripts that are put in so do not run, but what listens does. */
const listens = /\son\w{2,20}\s{0,8}=|\b(?:java|vb)script:/i

const putsMarkup: Known = (call) => {
  const markup = call.args.at(call.path.endsWith('html=') ? 0 : -1)
  if (markup && listens.test(shownOf(markup))) call.script(markup, 'html')
  return undefined
}

/** A script that is made has its text set. */
const made: Known = ({ args: [name] }) => {
  const isScript = /^script$/i.test(shownOf(name))
  return object(isScript ? 'script.element' : 'xml.element')
}

const setsScript: Known = (call) => {
  const { receiver, args } = call
  const said =
    receiver?.kind === 'object'
      ? shownOf(
          receiver.entries.get('language') ?? receiver.entries.get('type'),
        )
      : ''
  call.script(args[0], /vb/i.test(said) ? 'vbscript' : 'jscript')
  return undefined
}

const setsSource = (call: Call): Value | undefined => {
  const url = shownOf(call.args[0])
  if (url) call.tell(isUrl(url) ? 'connect' : 'load', url)
  return undefined
}

const documents = ['document', 'window.document', 'self.document']

const ofDocument = (names: readonly string[], known: Known): Table =>
  Object.fromEntries(
    documents.flatMap((d) => names.map((n) => [`${d}.${n}`, known])),
  )

export const pageCalls: Table = {
  ...ofDocument(['getelementbyid', 'all', 'all.item'], byName),
  ...ofDocument(['queryselector'], bySelector),
  ...ofDocument(['write', 'writeln'], writes),
  getresource: resource,
  'element.getattribute': attribute,
  '.innerhtml=': putsMarkup,
  '.outerhtml=': putsMarkup,
  '.insertadjacenthtml': putsMarkup,
  '.createelement': made,
  'script.element.text=': setsScript,
  'script.element.innerhtml=': setsScript,
  'script.element.textcontent=': setsScript,
  'script.element.src=': setsSource,
}
