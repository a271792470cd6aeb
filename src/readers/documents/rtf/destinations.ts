// Where does the text of a group go? The first control word of a group may send it elsewhere than into the document.
export type Destination =
  | 'text'
  /** Of a field, outside of its code and result. */
  | 'field'
  | 'code'
  | 'result'
  | 'object data'
  | 'object class'
  | 'class id'
  | 'object name'
  | 'template'
  | 'nowhere'

const sent: Readonly<Record<string, Destination>> = {
  fldinst: 'code',
  fldrslt: 'result',
  objdata: 'object data',
  objclass: 'object class',
  oleclsid: 'class id',
  objname: 'object name',
  template: 'template',
}

/** Their text is no text of the document, `\*` or not. */
const elsewhere = new Set(
  (
    'fonttbl colortbl stylesheet info pict listtable listoverridetable rsidtbl generator filetbl revtbl xmlnstbl ' +
    'themedata colorschememapping datastore latentstyles mmathPr blipuid picprop nonshppict sp sn datafield formfield ' +
    'bkmkstart bkmkend pntext private xe tc author operator title subject keywords comment doccomm company'
  ).split(' '),
)

/** Text again within what `\*` would have hidden: they hold text of the document. */
const textual = new Set(
  (
    'shppict shptxt shpinst shprslt header headerl headerr headerf footer footerl footerr footerf footnote annotation ' +
    'upr ud object result field background do dptxbxtext'
  ).split(' '),
)

/** undefined: the word is no destination. */
export function destinationOf(word: string): Destination | undefined {
  if (Object.hasOwn(sent, word)) return sent[word]
  if (elsewhere.has(word)) return 'nowhere'
  return undefined
}

export function isTextual(word: string): boolean {
  return textual.has(word)
}
