// JSON that was coloured for a terminal (`jq -C`), an object or a list after another: without the colours it is what it was.
import { looksLikeJson } from '../jsonl/recognise.ts'
import type { TextForm } from './block-reader.ts'

const colours = /\x1b\[[0-9;]{0,16}[mK]/g

const plain = (text: string) => text.replaceAll(colours, '')

export const colouredJsonForm: TextForm = {
  name: 'coloured-json',
  looksLike: (text) => {
    const first = /^[^\n]{0,4096}/.exec(text.trimStart())?.[0] ?? ''
    if (!/^\x1b\[[0-9;]{0,16}m[^\n]{0,16}?[[{]/.test(first)) return false
    return looksLikeJson(Buffer.from(plain(text), 'latin1')) > 0
  },
  // Within an object each line is indented.
  begins: (line) => /^[[{]/.test(plain(line)),
  object: (lines) => lines.map(plain).join('\n'),
}
