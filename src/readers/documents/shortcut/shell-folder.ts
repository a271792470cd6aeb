// `.library-ms`, `.searchConnector-ms`, `.search-ms`: folders of the shell that show what lies elsewhere; opening one, or looking at its folder,
// asks the host that it names. https://learn.microsoft.com/windows/win32/shell/library-schema-entry, …/search/search-sconn-desc-schema-entry.
import { ItemWriter } from '../item.ts'
import type { WholeFormat } from '../../reader.ts'
import { decodeXml, scanPart } from '../xml.ts'
import { rootOf } from '../xml-root.ts'

/** In bytes. */
const maxBytes = 1024 * 1024

const query = /^persistedQuery$/i
const folders = /^(?:libraryDescription|searchConnectorDescription)$/i

/** Of the beginning, which tells its root. */
const headBytes = 64 * 1024

export const shellFolder: WholeFormat = {
  name: 'shell-folder',
  read: 'whole',
  maxBytes,
  detect(head) {
    const root = rootOf(head)?.name ?? ''
    return query.test(root) || folders.test(root) ? 3 : 0
  },
  take(bytes, options) {
    const xml = decodeXml(bytes)
    const isQuery = query.test(rootOf(bytes.subarray(0, headBytes))?.name ?? '')
    const writer = new ItemWriter(isQuery ? 'search-ms' : 'library-ms', options)
    const add = (
      relation: string,
      target: string,
      offset: number,
      isIcon = false,
    ) => {
      writer.add({
        kind: isIcon ? 'relation' : 'link',
        offset,
        text: `${relation} ${target}`,
        target,
        targetMode: 'external',
        relation: isIcon ? 'IconFile' : relation,
      })
    }
    let element = ''
    let text = ''
    let offset = 0
    scanPart(
      xml,
      {
        open(name, attributes, at) {
          element = name
          text = ''
          offset = xml.offsetOf(at)
          const path = name === 'include' ? attributes.get('path') : undefined
          if (path) add('include', path, offset)
        },
        text(t) {
          text += t
        },
        close(name) {
          const target = text.trim()
          if (name !== element || !target) return
          if (name === 'url') add('simpleLocation', target, offset)
          else if (name === 'iconReference')
            add('iconReference', target, offset, true)
        },
      },
      (p) => writer.damaged(p, ''),
    )
  },
}
