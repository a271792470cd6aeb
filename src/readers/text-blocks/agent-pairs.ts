// Windows events as the agents of SIEMs send them, one a line.
import { cef, keyValues, leef, winCollect } from '../inside/agent-line.ts'
import { looksLikeJson } from '../jsonl/recognise.ts'
import type { TextForm } from './block-reader.ts'

/** Lines in members of JSON are the reader of JSON's. */
function isJson(text: string): boolean {
  return looksLikeJson(Buffer.from(text, 'latin1')) >= 2
}

/** The heading of a list of lines. */
const isHeading = (line: string) => !line.includes('=') && !/[CL]EF:/.test(line)

export const winCollectForm: TextForm = {
  name: 'wincollect',
  looksLike: (text) =>
    (text.includes('AgentDevice=') || text.includes('LEEF:')) &&
    !isJson(text) &&
    (/AgentDevice=WindowsLog(?:\t|\\t)/.test(text) ||
      /LEEF:[12]\.0\|Microsoft\|/.test(text) ||
      (/LEEF:[12]\.0\|/.test(text) &&
        (/\bEventID=\d/.test(text) ||
          leef(/^.*LEEF:[12]\.0\|.*$/m.exec(text)![0]) !== undefined))),
  begins: () => true,
  isAround: isHeading,
  object: ([line]) => leef(line!) ?? winCollect(line!),
}

export const cefForm: TextForm = {
  name: 'cef',
  looksLike: (text) =>
    text.includes('CEF:') &&
    !isJson(text) &&
    (/CEF:[01]\|Microsoft\|/.test(text) ||
      (/CEF:[01]\|/.test(text) && /\b(?:externalId|EventID)=\d/.test(text))),
  begins: () => true,
  isAround: isHeading,
  object: ([line]) => cef(line!),
}

/** Splunk's word for the id, in a line with others; a line each has them in the classic rendering. */
const codeInLine = /^.*(?<=^|[ \t;,|^])EventCode="?\d{1,10}"?[ \t;,|^].*$/m

export const keyValueForm: TextForm = {
  name: 'key-value',
  looksLike: (text) => !isJson(text) && (hasIds(text) || hasCodes(text)),
  begins: () => true,
  object: ([line]) => keyValues(line!),
}

function hasCodes(text: string): boolean {
  const [line] = (text.includes('EventCode=') && codeInLine.exec(text)) || []
  return line !== undefined && keyValues(line) !== undefined
}

function hasIds(text: string): boolean {
  return (
    (text.includes('EventID=') || text.includes('EventId=')) &&
    /^(?!LogName=)[^\n{<]{0,512}(?:^|[\s;,|^])EventI[Dd]="?\d/m.test(text) &&
    (/[\s;,|^](?:Channel|SourceName|ProviderName|Provider)="?[A-Z]/.test(
      text,
    ) ||
      keyValues(/^.*EventI[Dd]=.*$/m.exec(text)![0]) !== undefined)
  )
}
