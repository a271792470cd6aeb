// Which document is it? The content type of its main part says so.
// ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6; [MS-OFFMACRO2] 2.2 (macro-enabled), [MS-VSDX] 2.2.
import type { DocumentFormat } from '../formats.ts'

type Application = 'word' | 'excel' | 'powerpoint' | 'visio'

export interface Kind {
  readonly format: DocumentFormat
  readonly application: Application
}

const ooxml = 'vnd.openxmlformats-officedocument.'

/** By what stands between `application/` and `.main+xml`, in lower case. */
const byType: Readonly<Record<string, readonly [DocumentFormat, Application]>> =
  {
    [`${ooxml}wordprocessingml.document`]: ['docx', 'word'],
    [`${ooxml}wordprocessingml.template`]: ['dotx', 'word'],
    'vnd.ms-word.document.macroenabled': ['docm', 'word'],
    'vnd.ms-word.template.macroenabledtemplate': ['dotm', 'word'],
    [`${ooxml}spreadsheetml.sheet`]: ['xlsx', 'excel'],
    [`${ooxml}spreadsheetml.template`]: ['xltx', 'excel'],
    'vnd.ms-excel.sheet.macroenabled': ['xlsm', 'excel'],
    'vnd.ms-excel.template.macroenabled': ['xltm', 'excel'],
    'vnd.ms-excel.addin.macroenabled': ['xlam', 'excel'],
    'vnd.ms-excel.sheet.binary.macroenabled': ['xlsb', 'excel'],
    [`${ooxml}presentationml.presentation`]: ['pptx', 'powerpoint'],
    [`${ooxml}presentationml.slideshow`]: ['ppsx', 'powerpoint'],
    [`${ooxml}presentationml.template`]: ['potx', 'powerpoint'],
    'vnd.ms-powerpoint.presentation.macroenabled': ['pptm', 'powerpoint'],
    'vnd.ms-powerpoint.slideshow.macroenabled': ['ppsm', 'powerpoint'],
    'vnd.ms-powerpoint.template.macroenabled': ['potm', 'powerpoint'],
    'vnd.ms-powerpoint.addin.macroenabled': ['ppam', 'powerpoint'],
    'vnd.ms-visio.drawing': ['vsdx', 'visio'],
    'vnd.ms-visio.drawing.macroenabled': ['vsdm', 'visio'],
    'vnd.ms-visio.stencil': ['vssx', 'visio'],
    'vnd.ms-visio.stencil.macroenabled': ['vssm', 'visio'],
    'vnd.ms-visio.template': ['vstx', 'visio'],
    'vnd.ms-visio.template.macroenabled': ['vstm', 'visio'],
  }

export function kindOfMain(contentType: string): Kind | undefined {
  const match = /^application\/(.+?)(?:\.main(?:\+xml)?)?$/i.exec(
    contentType.trim(),
  )
  const key = match?.[1]?.toLowerCase() ?? ''
  if (!Object.hasOwn(byType, key)) return undefined
  const [format, application] = byType[key]!
  return { format, application }
}

/** Where the types do not tell: by the folder that its parts lie in. */
export function kindOfFolders(names: readonly string[]): Kind | undefined {
  const has = (prefix: RegExp) => names.some((n) => prefix.test(n))
  if (has(/^word\//i)) return { format: 'docx', application: 'word' }
  if (has(/^xl\/.*\.bin$/i) && has(/^xl\/workbook\.bin$/i)) {
    return { format: 'xlsb', application: 'excel' }
  }
  if (has(/^xl\//i)) return { format: 'xlsx', application: 'excel' }
  if (has(/^ppt\//i)) return { format: 'pptx', application: 'powerpoint' }
  if (has(/^visio\//i)) return { format: 'vsdx', application: 'visio' }
  return undefined
}
