// What a page loads from elsewhere: its template, parts that Office keeps beside it, frames, objects, pictures on shares.
import type { DocumentItem, ItemWriter } from '../item.ts'
import { programOf } from '../ole/classes.ts'
import type { PagePlace } from './place.ts'
import { attributeOf, type Tag, tagsOf } from './tags.ts'

/** Relations that are told of one page. */
const maxLoaded = 10_000

/** By the name of the element: the relation, and where the target stands. */
const loading: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['iframe', ['frame', 'src']],
  ['frame', ['frame', 'src']],
  ['object', ['oleObject', 'data']],
  ['embed', ['oleObject', 'src']],
  ['script', ['script', 'src']],
  ['w:attachedtemplate', ['attachedTemplate', 'href']],
  ['x:worksheetsource', ['frame', 'href']],
  ['o:oleobject', ['oleObject', 'href']],
  ['w:datasource', ['mailMergeSource', 'href']],
])

/** By what a link says of itself: parts that Office takes into the document. */
const linked: ReadonlyMap<string, string> = new Map([
  ['attached-template', 'attachedTemplate'],
  ['attachedtemplate', 'attachedTemplate'],
  ['edit-time-data', 'oleObject'],
  ['ole-object-data', 'oleObject'],
  ['datastoreitem', 'linkedFile'],
  ['file-list', 'linkedFile'],
  ['main-file', 'linkedFile'],
])

/** Shown at once: a share among their places is asked with the user's credentials. */
const shown: ReadonlyMap<string, string> = new Map([
  ['img', 'src'],
  ['v:imagedata', 'src'],
  ['v:fill', 'src'],
  ['body', 'background'],
  ['table', 'background'],
  ['td', 'background'],
  ['bgsound', 'src'],
  ['video', 'src'],
  ['audio', 'src'],
])

/** Pages of browsers and messages have frames of the web, which their programs show or drop; these run. */
const runs = /\.(?:hta|sct|wsc|js|vbs|vbe|jse|wsf|dot[mx]?|exe|msi)(?:[?#!]|$)/i
const ofWeb = /^\s*https?:/i

const elsewhere =
  /^(?:https?|ftp|file|mhtml|ms-its|mk|script|scriptlet|search-ms|ms-\w+):|^\\\\/i
const share = /^\s*(?:file:[\\/]{2,5}[^\\/]|\\\\|\/\/)/i

/** `isOffice`: it loads all that the page names. */
export function tellLoaded(
  html: string,
  writer: ItemWriter,
  place: PagePlace,
  isOffice: boolean,
): void {
  let base = ''
  let told = 0
  const add = (tag: Tag, item: Omit<DocumentItem, 'part' | 'position'>) => {
    if (++told <= maxLoaded)
      writer.add({ ...place, position: `character ${tag.at}`, ...item })
    else if (told === maxLoaded + 1)
      writer.bound(`over ${maxLoaded} parts that a page loads`, place.part)
  }
  for (const tag of tagsOf(html)) {
    if (tag.isEnd) continue
    if (tag.name === 'base') base = attributeOf(tag, 'href')?.trim() ?? base
    const object = tag.name === 'object' ? classOf(tag) : undefined
    if (object) add(tag, object)
    const found = loadedBy(tag)
    const target = found && targetOf(found.target, base)
    if (!target || (tag.name === 'script' && !share.test(target))) continue
    if (!isOffice && ofWeb.test(target) && !runs.test(target)) continue
    add(tag, {
      kind: 'relation',
      text: `${found.relation} ${target}`,
      target,
      targetMode: 'external',
      relation: found.relation,
    })
  }
}

function loadedBy(tag: Tag) {
  const picture = shown.get(tag.name)
  const source = picture && attributeOf(tag, picture)
  if (source && share.test(source)) return { relation: 'image', target: source }
  const isLink = tag.name === 'link'
  const rel = isLink ? attributeOf(tag, 'rel')?.toLowerCase() : undefined
  const [relation, from] = isLink
    ? [linked.get(rel ?? ''), 'href']
    : (loading.get(tag.name) ?? [])
  const target = relation && from && attributeOf(tag, from)
  return relation && target ? { relation, target } : undefined
}

/** undefined: it lies beside the page. */
function targetOf(written: string, base: string): string | undefined {
  const target = written.trim()
  if (elsewhere.test(target)) return target
  if (!elsewhere.test(base) || /^(?:[a-z][\w+.-]*:|#)/i.test(target))
    return undefined
  return URL.canParse(target, base) ? new URL(target, base).href : undefined
}

function classOf(tag: Tag): Omit<DocumentItem, 'part'> | undefined {
  const written = attributeOf(tag, 'classid')
  const [, id] = /clsid:\s*\{?([\da-f-]{36})/i.exec(written ?? '') ?? []
  if (!id) return undefined
  const classId = `{${id.toUpperCase()}}`
  const progId = programOf(id.toUpperCase())
  const target = attributeOf(tag, 'codebase')
  return {
    kind: 'object',
    text: ['object', progId || classId, target].filter(Boolean).join(' '),
    classId,
    ...(progId && { progId }),
    ...(target && { target, targetMode: 'external' }),
  }
}
