// A page that Office opens as a document: all that acts in it, its scripts, and links that are none of the web.
import type { ReaderOptions } from '../../reader.ts'
import { ItemWriter } from '../item.ts'
import { tellLinks } from '../mail/links.ts'
import { decodedPage, isBookPage, readScripts, tellPage } from './page.ts'

export async function readPage(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  const html = decodedPage(bytes)
  const isBook = isBookPage(html, options.file)
  const writer = new ItemWriter(isBook ? 'excel-html' : 'word-html', options)
  tellLinks(html, { writer, part: 'page' })
  await tellPage(html, writer, { part: 'page' }, isBook ? 'excel' : 'office')
  await readScripts(html, writer)
}
