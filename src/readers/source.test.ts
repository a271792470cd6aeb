import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { recogniseFormat } from './index.ts'
import { jsonl } from './jsonl/index.ts'
import { readSource, type SourceInput, type SourceProblem } from './source.ts'
import { splitFile } from './split-file.ts'
import { walk } from './walk.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ipcwatch-source-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

function file(name: string, content: string | Buffer): string {
  const path = join(dir, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

interface Read {
  readonly texts: { [file: string]: string }
  readonly starts: { [file: string]: number }
  readonly problems: SourceProblem[]
  bytes: number
}

/** The bytes of every member, whatever its format. */
async function read(input: string | SourceInput): Promise<Read> {
  const all: Read = { texts: {}, starts: {}, problems: [], bytes: 0 }
  const given =
    typeof input === 'string' ? { path: input, display: 'in' } : input
  await readSource(given, {
    open(member) {
      all.starts[member.file] = member.start
      all.texts[member.file] = ''
      return {
        push: (block) => {
          all.texts[member.file] += block.toString('utf8')
        },
        end: () => {},
      }
    },
    problem: (p) => all.problems.push(p),
    progress: (bytes) => {
      all.bytes += bytes
    },
  })
  return all
}

interface ZipMember {
  readonly name: string
  readonly content: string | Buffer
}

async function zip(members: ZipMember[], password?: string): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    ...(password !== undefined && { password, zipCrypto: true }),
  })
  for (const { name, content } of members) {
    await writer.add(name, new Uint8ArrayReader(Buffer.from(content)))
  }
  return Buffer.from(await writer.close())
}

async function tar(members: ZipMember[]): Promise<Buffer> {
  const packed = pack()
  for (const { name, content } of members) {
    packed.entry({ name }, Buffer.from(content))
  }
  packed.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' })
  packed.finalize()
  const blocks: Buffer[] = []
  for await (const block of packed as unknown as AsyncIterable<Buffer>) {
    blocks.push(block)
  }
  return Buffer.concat(blocks)
}

describe('a plain file', () => {
  it('comes whole, in blocks', async () => {
    const text = 'line of text\n'.repeat(200_000)
    const got = await read(file('plain.log', text))
    expect(got.texts.in === text).toBe(true)
    expect(got).toMatchObject({ problems: [], bytes: text.length })
  })

  it('that is empty, missing or a pointer of Git LFS is said to be so', async () => {
    const lfs =
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n'
    const kinds = async (path: string) =>
      (await read(path)).problems.map((p) => [p.kind, p.message])
    expect(await kinds(file('empty', ''))).toEqual([
      ['empty', 'empty, 0 bytes'],
    ])
    expect(await kinds(join(dir, 'missing'))).toEqual([
      ['unreadable', 'no such file or folder'],
    ])
    expect(await kinds(file('lfs', lfs))).toEqual([
      ['not-inspected', 'Git LFS pointer in place of the data'],
    ])
  })

  it('in UTF-16 becomes UTF-8, and the mark of UTF-8 is passed over', async () => {
    const text = '<Event>pipe \u00e9 \u{1f511}</Event>'.repeat(9000)
    const le = Buffer.from(text, 'utf16le')
    const be = Buffer.from(le).swap16()
    const cases = [
      Buffer.concat([Buffer.from([0xff, 0xfe]), le]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), be]),
      le,
      be,
      Buffer.from(`\ufeff${text}`),
    ]
    for (const [i, bytes] of cases.entries()) {
      const got = await read(file(`encoded${i}`, bytes))
      expect(got.texts.in === text).toBe(true)
      expect(got.starts.in).toBe(i === 4 ? 3 : 0)
    }
  })

  it('can be read from one byte to another', async () => {
    const path = file('range', 'first\nsecond\nthird\n')
    const got = await read({
      path,
      display: 'in',
      start: 6,
      end: 13,
      linesBefore: 1,
    })
    expect(got.texts.in).toBe('second\n')
    expect(got.starts.in).toBe(6)
  })
})

describe('gzip', () => {
  const one = gzipSync('first\n')
  const two = gzipSync('second\n')

  it('may hold several streams', async () => {
    const got = await read(file('two.gz', Buffer.concat([one, two])))
    expect(got).toMatchObject({
      texts: { in: 'first\nsecond\n' },
      problems: [],
    })
  })

  it('with NULs behind it is whole', async () => {
    const padded = Buffer.concat([one, Buffer.alloc(512)])
    const got = await read(file('padded.gz', padded))
    expect(got.problems).toEqual([])
  })

  it('with junk behind it is read and the junk is said', async () => {
    const junk = Buffer.from('this is no gzip stream')
    const got = await read(file('junk.gz', Buffer.concat([one, junk])))
    expect(got.texts.in).toBe('first\n')
    expect(got.problems).toMatchObject([{ kind: 'damaged' }])
  })

  it('that is cut off gives what was decoded', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i * 7919}\n`)
    const text = lines.join('')
    const whole = gzipSync(text)
    const half = whole.subarray(0, whole.length >> 1)
    const got = await read(file('cut.gz', half))
    expect(got.texts.in!.length).toBeGreaterThan(text.length / 3)
    expect(text.startsWith(got.texts.in!)).toBe(true)
    expect(got.problems).toMatchObject([{ kind: 'damaged' }])
    expect(got.problems[0]!.message).toContain('unexpected end of file')
  })

  it('that expands beyond all measure is left, with the figures', async () => {
    // deflate reaches 1000 to 1 on zeros.
    const got = await read(
      file('bomb.gz', gzipSync(Buffer.alloc(90 * 1024 ** 2))),
    )
    expect(got.problems).toMatchObject([{ kind: 'limit' }, { kind: 'empty' }])
    expect(got.problems[0]!.message).toMatch(/\d+ bytes out of \d+/)
  })
})

describe('archives', () => {
  const appleDouble = Buffer.from(
    `0005160700020000${'00'.repeat(16)}0001000000090000002600000002abcd`,
    'hex',
  )
  const members = [
    { name: 'logs/a.json', content: '{"a":1}\n' },
    { name: '__MACOSX/logs/._a.json', content: appleDouble },
    { name: 'empty.log', content: '' },
    { name: '../../escape.log', content: 'b' },
  ]

  it('of zip: members by name, resource forks left, empty ones said', async () => {
    const got = await read(file('logs.bin', await zip(members)))
    expect(got.texts).toEqual({
      'in!logs/a.json': '{"a":1}\n',
      'in!../../escape.log': 'b',
    })
    expect(got.problems).toMatchObject([
      { file: 'in!empty.log', kind: 'empty' },
    ])
  })

  it('of tar, plain or compressed: members by name, links named', async () => {
    const bytes = await tar(members)
    for (const content of [bytes, gzipSync(bytes)]) {
      const got = await read(file('logs.tar', content))
      expect(got.texts).toEqual({
        'in!logs/a.json': '{"a":1}\n',
        'in!../../escape.log': 'b',
      })
      expect(got.problems.map((p) => [p.file, p.kind])).toEqual([
        ['in!empty.log', 'empty'],
        ['in!link', 'not-inspected'],
      ])
    }
  })

  it('within archives', async () => {
    const inner = await zip([{ name: 'x.json', content: '{"x":1}' }])
    const middle = await tar([{ name: 'inner.zip', content: inner }])
    const outer = await zip([
      { name: 'middle.tar.gz', content: gzipSync(middle) },
    ])
    const got = await read(file('outer.zip', outer))
    expect(got.texts).toEqual({
      'in!middle.tar.gz!inner.zip!x.json': '{"x":1}',
    })
  })

  it('are opened to a depth only', async () => {
    let bytes: Buffer = gzipSync('deep')
    for (let i = 0; i < 6; i++) bytes = gzipSync(bytes)
    const got = await read(file('deep.gz', bytes))
    expect(got.texts).toEqual({})
    expect(got.problems).toMatchObject([{ kind: 'limit' }])
  })

  it('with the password of sample exchanges are read, with others named', async () => {
    const known = await zip([{ name: 'a.log', content: 'text' }], 'infected')
    expect((await read(file('known.zip', known))).texts).toEqual({
      'in!a.log': 'text',
    })
    const secret = await zip([{ name: 'a.log', content: 'text' }], 'other')
    const got = await read(file('secret.zip', secret))
    expect(got.texts).toEqual({})
    expect(got.problems).toMatchObject([
      { file: 'in!a.log', kind: 'encrypted' },
    ])
    expect(got.problems[0]!.message).toContain('encrypted, not inspected')
  })

  it('that expand beyond all measure are left at the first member that does', async () => {
    const zeros = Buffer.alloc(90 * 1024 ** 2)
    const bomb = await zip([
      { name: 'a.log', content: zeros },
      { name: 'b.log', content: zeros },
    ])
    const got = await read(file('bomb.zip', bomb))
    expect(got.problems).toMatchObject([
      { file: 'in!a.log', kind: 'limit' },
      { file: 'in!a.log', kind: 'empty' },
    ])
  })

  it('that are documents are named, not walked into', async () => {
    const docx = await zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<x/>' },
    ])
    const got = await read(file('letter.zip', docx))
    expect(got.texts).toEqual({})
    expect(got.problems).toMatchObject([
      { kind: 'not-inspected', message: 'office document (Open XML)' },
    ])
  })

  it('that are cut off are damaged, and what came before is read', async () => {
    const bytes = await tar([
      { name: 'a.log', content: 'whole' },
      { name: 'b.log', content: 'x'.repeat(5000) },
    ])
    const got = await read(file('cut.tar', bytes.subarray(0, 3000)))
    expect(got.texts['in!a.log']).toBe('whole')
    expect(got.problems).toMatchObject([{ kind: 'damaged' }])
    const zipped = await zip([{ name: 'a.log', content: 'whole' }])
    const cut = await read(file('cut.zip', zipped.subarray(0, -10)))
    expect(cut.problems).toMatchObject([{ kind: 'damaged' }])
  })

  it('stand any mutilation', async () => {
    const seeds = [
      await zip(members),
      await tar(members),
      gzipSync(await tar(members)),
    ]
    let state = 7
    const random = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % n
    }
    for (let i = 0; i < 90; i++) {
      const bytes = Buffer.from(seeds[i % 3]!)
      for (let k = 0; k < 4; k++) bytes[random(bytes.length)] = random(256)
      const cut = random(4) === 0 ? random(bytes.length) : bytes.length
      await read(file('mutant', bytes.subarray(0, cut)))
    }
  })
})

describe('a folder', () => {
  it('is walked in the order of names, links back to it not followed', async () => {
    const root = join(dir, 'tree')
    file('tree/b.log', 'b')
    file('tree/a/two.log', '2')
    file('tree/a/one.log', '1')
    file('tree/c %4 ä.log', 'c')
    symlinkSync(root, join(root, 'a', 'loop'))
    symlinkSync(join(root, 'gone'), join(root, 'dangling'))
    const problems: SourceProblem[] = []
    const found: string[] = []
    for await (const f of walk(root, (p) => problems.push(p))) {
      found.push(f.path.slice(root.length + 1))
    }
    expect(found).toEqual(['a/one.log', 'a/two.log', 'b.log', 'c %4 ä.log'])
    expect(problems.map((p) => p.kind)).toEqual(['unreadable'])
  })

  it('to which many links lead is walked once', async () => {
    const root = join(dir, 'web')
    for (const name of ['a', 'b', 'c', 'd']) file(`web/${name}/x.log`, name)
    for (const from of ['a', 'b', 'c', 'd']) {
      for (const to of ['a', 'b', 'c', 'd']) {
        symlinkSync(join(root, to), join(root, from, `to-${to}`))
      }
    }
    const found: string[] = []
    for await (const f of walk(root, () => {})) found.push(f.path)
    expect(found).toHaveLength(4)
  })

  it('that is missing is said', async () => {
    const problems: SourceProblem[] = []
    for await (const _ of walk(join(dir, 'no'), (p) => problems.push(p))) {
      // nothing to read
    }
    expect(problems).toMatchObject([
      { kind: 'unreadable', message: 'no such file or folder' },
    ])
  })

  it.skipIf(process.platform === 'win32')(
    'may hold sockets, which are left',
    async () => {
      const server = createServer()
      await new Promise<void>((listening) => {
        server.listen(join(dir, 'tree', 'socket'), listening)
      })
      const problems: SourceProblem[] = []
      for await (const _ of walk(join(dir, 'tree'), (p) => problems.push(p))) {
        // only the walk itself matters
      }
      server.close()
      expect(problems.map((p) => p.message)).toContain(
        'neither a file nor a folder',
      )
    },
  )
})

describe('cutting a file', () => {
  it('of lines: between lines, with their count', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `{"n":${i}}`)
    const path = file('lines.jsonl', `${lines.join('\n')}\n`)
    const pieces = await splitFile(path, jsonl, 1000)
    expect(pieces.length).toBeGreaterThan(5)
    const texts: string[] = []
    for (const piece of pieces) {
      const { in: text } = (await read({ path, display: 'in', ...piece })).texts
      expect(texts.join('').split('\n').length - 1).toBe(piece.linesBefore)
      texts.push(text!)
    }
    expect(texts.join('')).toBe(`${lines.join('\n')}\n`)
    expect(texts.every((t) => t.endsWith('\n'))).toBe(true)
  })

  it('of JSON over many lines: never', async () => {
    const text = JSON.stringify([{ a: 1 }, { a: 2 }], null, 2)
    const path = file('array.json', text)
    expect(await splitFile(path, jsonl, 10)).toEqual([
      { start: 0, end: text.length, linesBefore: 0 },
    ])
  })

  it('of blocks: at multiples behind the header', async () => {
    const path = file('blocks', Buffer.alloc(100 + 10 * 64))
    const format = {
      ...jsonl,
      split: { by: 'blocks', header: 100, size: 64 },
    } as const
    expect(await splitFile(path, format, 4 * 64)).toEqual([
      { start: 0, end: 356, linesBefore: 0 },
      { start: 356, end: 612, linesBefore: 0 },
      { start: 612, end: 740, linesBefore: 0 },
    ])
  })
})

describe('recognising a format', () => {
  it('goes by content, whatever the name', () => {
    const name = (content: string, called = 'x.evtx') =>
      recogniseFormat(Buffer.from(content, 'latin1'), called)?.name
    expect(name('ElfFile\0', 'x.json')).toBe('evtx')
    expect(name('{"a":1}\n')).toBe('jsonl')
    expect(name('type=SYSCALL msg=audit(1.000:2): arch=c000003e\n')).toBe(
      'auditd',
    )
    expect(name('<Event><System></System></Event>')).toBe('windows-xml')
    expect(name('just some words\n', 'x.json')).toBeUndefined()
    expect(name('\x89PNG\r\n\x1a\n')).toBeUndefined()
  })

  it('never throws', () => {
    for (let i = 0; i < 256; i++) {
      recogniseFormat(Buffer.alloc(64, i), 'x')
    }
  })
})
