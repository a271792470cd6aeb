// Evidence that somebody hid: in archives that lie about what they hold, behind beginnings that say nothing, in documents.
import { gzipSync } from 'node:zlib'

import { zipOf } from '../tools/archives.ts'
import { good, type HostileInput } from './inputs.ts'

const goods = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ name: `${i}.json`, content: good }))

/** Whole in its header, and broken behind it. */
function brokenGzip(): Buffer {
  const bytes = gzipSync(good.repeat(20))
  bytes.fill(0xff, 10, 20)
  return bytes
}

export const archiveInputs: readonly HostileInput[] = [
  {
    what: 'members of a zip that its directory does not name',
    size: 200,
    make: (n) => Buffer.concat([zipOf(goods(n)), zipOf(goods(1))]),
    events: (n) => n + 1,
  },
  {
    what: 'a zip whose end says that it has no directory',
    size: 200,
    make: (n) => {
      const bytes = zipOf(goods(n))
      bytes.writeUInt32LE(0, bytes.length - 10)
      return bytes
    },
    events: (n) => n,
  },
  {
    what: 'a zip of nothing but magic numbers before its members',
    size: 20_000,
    make: (n) =>
      Buffer.concat([Buffer.from('PK\x03\x04'.repeat(n)), zipOf(goods(1))]),
    events: () => 1,
  },
  {
    what: 'broken members of a gzip, each before a whole one',
    size: 100,
    make: (n) =>
      Buffer.concat(
        Array.from({ length: n }, () => [brokenGzip(), gzipSync(good)]).flat(),
      ),
    events: (n) => n,
  },
  {
    what: 'magic numbers of gzip behind a member',
    size: 2_000,
    make: (n) =>
      Buffer.concat([gzipSync(good), Buffer.from('1f8b08ff'.repeat(n), 'hex')]),
    events: () => 1,
  },
  {
    what: 'telemetry among the parts of a document',
    size: 100,
    make: (n) =>
      zipOf([
        { name: '[Content_Types].xml', content: '<Types/>' },
        { name: 'word/document.xml', content: '<w:document/>' },
        ...Array.from({ length: n }, (_, i) => ({
          name: `word/media/image${i}.png`,
          content: i % 2 === 0 ? good : '\x89PNG',
        })),
      ]),
    events: (n) => n / 2,
    atLeast: true,
  },
  {
    what: 'a table whose every other quote swallows rows',
    name: 'table.csv',
    size: 300,
    make: (n) =>
      Buffer.from(
        `EventID,Channel,Image\n${'1,Security,"x\n2,Security,"y",z\n'.repeat(n)}`,
      ),
    events: (n) => n,
    atLeast: true,
  },
  {
    what: 'NULs before anything else',
    size: 200_000,
    make: (n) => Buffer.from(`${'\0'.repeat(n)}${good}`),
    events: () => 1,
  },
  {
    what: 'empty lines before anything else',
    size: 200_000,
    make: (n) => Buffer.from(`${'\n'.repeat(n)}${good}`),
    events: () => 1,
  },
  {
    what: 'blanks of all kinds before anything else',
    size: 100_000,
    make: (n) => Buffer.from(`${' \t\r\n'.repeat(n)}${good}`),
    events: () => 1,
  },
  {
    what: 'text of two bytes a character, without a mark',
    size: 300,
    make: (n) =>
      Buffer.from(`<14>Jan 1 00:00:00 h x: ${good}`.repeat(n), 'utf16le'),
    events: (n) => n,
  },
]
