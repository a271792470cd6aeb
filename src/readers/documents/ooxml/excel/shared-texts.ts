// The table of strings that the cells of a workbook share: each `si` is one text, of runs. ECMA-376 part 1, 18.4.
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'

/** The text of each that is wanted, once it is whole; all of them by default. */
export async function readSharedTexts(
  { opened, writer }: Ooxml,
  told: (index: number, text: string) => void,
  isWanted: (index: number) => boolean = () => true,
): Promise<void> {
  const part = opened.parts.find((p) =>
    /sharedStrings\+xml$/i.test(p.contentType),
  )?.name
  const xml = part && (await opened.xml(part))
  if (!xml) return
  let index = -1
  let text = ''
  let isText = false
  let isPhonetic = false
  scanPart(
    xml,
    {
      open(name) {
        if (name === 'si') {
          index++
          text = ''
        } else if (name === 'rPh') isPhonetic = true
        isText = name === 't' && !isPhonetic && isWanted(index)
      },
      text(t) {
        if (isText && text.length < maxText) text += t
      },
      close(name) {
        isText = false
        if (name === 'rPh') isPhonetic = false
        else if (name === 'si' && isWanted(index)) told(index, text)
      },
    },
    (p) => writer.damaged(p, part),
  )
}

/** Of one, in UTF-16 units; Excel takes 32,767. */
const maxText = 256 * 1024
