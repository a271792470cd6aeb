// Macros that a shape, a control or a ribbon runs when it is clicked or loaded.
// ECMA-376 part 1, 20.5.2.29 (`macro`); [MS-OE376] (VML `FmlaMacro`), [MS-CUSTOMUI] 2.
import { scanPart } from '../xml.ts'
import type { Ooxml } from './document.ts'

export async function assignedMacros(
  { opened, writer }: Ooxml,
  part: string,
): Promise<void> {
  const xml = await opened.xml(part)
  if (!xml) return
  let isMacro = false
  let text = ''
  const add = (macroName: string, how: string) => {
    if (!macroName.trim()) return
    const text = `${how} ${macroName}`
    // `http://host/a.dotm!Run`: the document of a macro of another one is opened for it.
    const target = macroName.slice(0, Math.max(0, macroName.lastIndexOf('!')))
    const elsewhere = /[\\/:]/.test(target) && {
      target,
      targetMode: 'external' as const,
    }
    writer.add({
      kind: 'action',
      part,
      text,
      macroName,
      ...(elsewhere && { ...elsewhere, relation: 'macro' }),
    })
  }
  scanPart(
    xml,
    {
      open(name, attributes) {
        isMacro = name === 'FmlaMacro'
        text = ''
        add(attributes.get('macro') ?? '', 'click')
        if (name === 'customUI') add(attributes.get('onLoad') ?? '', 'onLoad')
      },
      text(t) {
        if (isMacro) text += t
      },
      close(name) {
        if (isMacro && name === 'FmlaMacro') add(text, 'click')
        isMacro = false
      },
    },
    (p) => writer.damaged(p, part),
  )
}
