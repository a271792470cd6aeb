// Statements of VBScript, VBA and Excel 4 macros that do something without an object.
import type { Call, Known } from '../fold/call.ts'
import { vbTruth } from '../fold/operators/vb.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  list,
  number,
  object,
  shownOf,
  text,
  textOf,
  type Value,
} from '../fold/value.ts'
import { tellApi } from './apis.ts'
import { environmentOf } from './environment.ts'
import { evaluates } from './evaluation.ts'
import { tellFile } from './places.ts'
import { vbFileCalls } from './vb-files.ts'

/** In LibreOffice the arguments of the program may stand apart, behind how it is shown. */
const shell: Known = (call) => {
  const [program, , args] = call.args
  const line =
    call.language === 'vba' && program && args && textOf(args)
      ? text(`${shownOf(program)} ${shownOf(args)}`, program.via | args.via)
      : program
  call.commandLine(line)
  return undefined
}

const environ: Known = ({ args }) => {
  const name = textOf(args[0])
  if (name === undefined) return undefined
  return text(environmentOf(name) ?? `%${name}%`, args[0]!.via)
}

/** A function of a library: what it is shows when it is declared, its target when it is called. */
const declares: Known = (call) => {
  const [name, library, alias] = call.args.map(shownOf)
  tellApi(call, alias || name || '')
  void library
  return undefined
}

const registers: Known = (call) => {
  call.tell('load', call.args.slice(0, 2).map(shownOf).join('!'))
  return undefined
}

/** XLM: CALL("library", "function", "types", arguments…). */
const xlmCall: Known = (call) => {
  const [library, name, , ...args] = call.args
  call.tell('load', [library, name].map(shownOf).join('!'))
  tellApi(call, shownOf(name), args)
  const lines = args.map(shownOf)
  if (/^shellexecute/i.test(shownOf(name))) return undefined
  if (/^urldownload/i.test(shownOf(name)) && lines[2])
    call.tell('write', lines[2])
  return undefined
}

const xlmFormula: Known = (call) => {
  const [formula, cell] = call.args
  const shown = shownOf(formula)
  if (/^=/.test(shown)) {
    call.tell('evaluate', shown)
    call.script(formula, 'xlm')
  } else keeps(call, cell, formula)
  return undefined
}

/** What a cell or a name holds from then on; one that held nothing is known by its name alone. */
function keeps(
  call: Pick<Call, 'define'>,
  place: Value | undefined,
  value: Value | undefined,
) {
  const name = place?.kind === 'unknown' ? place.hint : shownOf(place)
  if (name && value) call.define(name.toLowerCase(), value)
}

const xlmKeeps: Known = (call) => {
  keeps(call, call.args[0], call.args[1])
  return undefined
}

export const vbCalls: Table = {
  ...vbFileCalls,
  shell,
  shellexecute: shell,
  environ,
  execute: evaluates('vbscript'),
  executeglobal: evaluates('vbscript'),
  eval: evaluates('vbscript'),
  evaluate: evaluates('xlm'),
  executeexcel4macro: evaluates('xlm'),
  'application.run': () => undefined,
  '[declare]': declares,
  filecopy: (call) => {
    tellFile(call, shownOf(call.args[1]), true)
    return undefined
  },
  'application.wordbasic': () => object('wordbasic'),
  'wordbasic.shell': shell,
}

export const xlmCalls: Table = {
  exec: shell,
  call: xlmCall,
  register: registers,
  'register.id': registers,
  formula: xlmFormula,
  'formula.fill': xlmFormula,
  'formula.array': xlmFormula,
  initiate: (call) => {
    call.tell('dde', call.args.slice(0, 2).map(shownOf).join('|'))
    return undefined
  },
  'set.name': xlmKeeps,
  'set.value': xlmKeeps,
  'define.name': xlmKeeps,
  indirect: (call) => call.get(shownOf(call.args[0]).toLowerCase()),
  'app.activate': (call) => {
    call.tell('start', shownOf(call.args[0]))
    return undefined
  },
  webservice: (call) => {
    call.tell('connect', shownOf(call.args[0]))
    return undefined
  },
  fopen: (call) => {
    tellFile(call, shownOf(call.args[0]), true)
    return undefined
  },
  concatenated: ({ args }) => list([...args]),
}

/** Names that a host of VB gives a value. */
export function vbNames(name: string): Value | undefined {
  switch (name) {
    case 'vbcrlf':
    case 'vbnewline':
      return text('\r\n')
    case 'vbcr':
      return text('\r')
    case 'vblf':
      return text('\n')
    case 'vbtab':
      return text('\t')
    case 'vbnullchar':
      return text('\0')
    case 'vbformfeed':
      return text('\f')
    case 'vbverticaltab':
      return text('\v')
    case 'vbtextcompare':
      return number(1)
    case 'vbbinarycompare':
      return number(0)
    case 'true':
    case 'vbtrue':
      return vbTruth(true)
    case 'false':
    case 'vbfalse':
      return vbTruth(false)
    case 'vbnullstring':
      return text('')
    default:
      return undefined
  }
}

/**
 * Of documents when they are opened, closed or shown, and of the controls on them.
 * https://learn.microsoft.com/office/vba/word/concepts/customizing-word/auto-macros
 */
export const macroEntries =
  /^(?:auto_?(?:open|exec|close|new|exit|activate)|app_documentopen|document_?(?:open|close|new|beforeclose|contentcontrolon(?:enter|exit))|workbook_?(?:open|activate|deactivate|beforeclose|windowactivate|sheetactivate)|worksheet_?(?:activate|calculate)|slideshowbegin|onslideshowpagechange|onslideshowterminate|application_startup|\w{1,64}_(?:layout|paint(?:ing|ed)|gotfocus|lostfocus|mousemove|mouse(?:enter|hover)|beforenavigate2|propertychange|resize))$/i
