// A path as Excel stores it (MS-XLS 2.5.277, VirtualPath): control characters stand for volumes and folders, and the same
// character 3 that parts folders also parts a program from its topic. So a workbook in a folder is easily taken for DDE.
export interface Where {
  readonly kind: 'book' | 'conversation'
  readonly path: string
  readonly service: string
  readonly topic: string
}

export function virtualPath(stored: string): Where {
  const isEncoded = /^[\x00-\x02]/.test(stored)
  const part = stored.indexOf('\x03')
  if (!isEncoded && part > 0) {
    const service = stored.slice(0, part)
    const topic = stored.slice(part + 1)
    return { kind: 'conversation', path: '', service, topic }
  }
  const path = isEncoded ? decoded(stored.slice(1)) : stored
  return { kind: 'book', path, service: '', topic: '' }
}

function decoded(path: string): string {
  if (path.startsWith('\x05')) return path.slice(2)
  return path
    .replace(/^\x01@/, '\\\\')
    .replace(/^\x01([A-Za-z])/, '$1:\\')
    .replace(/[\x02\x03]/g, '\\')
    .replace(/\x04/g, '..\\')
    .replace(/[\x06-\x08]/g, '\\')
}
