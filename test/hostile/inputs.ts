// Inputs that somebody designed, of any size: each is little to write and asks for much. `size` counts what grows in it.
import { gzipSync } from 'node:zlib'

import { tarOf, zipOf } from '../tools/archives.ts'
import { cabinetOf } from '../tools/cabinet.ts'

export interface HostileInput {
  readonly what: string
  readonly size: number
  /** Of the file; only text without braces needs one to be recognised. */
  readonly name?: string
  make(size: number): Buffer
  /** Events that must come out of it, whatever else is in it. */
  events(size: number): number
  /** Bytes of text that it may become, for each of its own: more of what is packed. */
  readonly growth?: number
  /** More may come as well. */
  readonly atLeast?: boolean
  /** So large that a memory which kept all of it would be over its bound. */
  readonly heldSize?: number
}

const sysmon =
  '"Provider_Name":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1'
export const good = `{${sysmon},"Image":"C:\\\\good.exe"}\n`

function times(n: number, make: (i: number) => string): string {
  let text = ''
  for (let i = 0; i < n; i++) text += make(i)
  return text
}

const stamp = 'msg=audit(1600000000.000:1):'

export const inputs: readonly HostileInput[] = [
  {
    what: 'one object of many names',
    size: 8_000,
    make: (n) =>
      Buffer.from(`{${times(n, (i) => `"k${i}":1,`)}"z":1}\n${good}`),
    events: () => 2,
  },
  {
    what: 'objects of ever other names',
    size: 40,
    heldSize: 2_000,
    make: (n) =>
      Buffer.from(
        times(n, (i) => `{${times(200, (j) => `"k${i}_${j}":1,`)}"z":1}\n`),
      ),
    events: (n) => n,
  },
  {
    what: 'one name many times in an object',
    size: 10_000,
    make: (n) =>
      Buffer.from(
        `{${sysmon}${times(n, (i) => `,"Image":"C:\\\\${i}.exe"`)}}\n${good}`,
      ),
    events: () => 2,
  },
  {
    what: 'lists within lists',
    size: 2_000,
    make: (n) => Buffer.from(`{"x":${'['.repeat(n)}${']'.repeat(n)}}\n${good}`),
    events: () => 2,
  },
  {
    what: 'arguments that all have one far part',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `type=EXECVE ${stamp} argc=${n}${times(n, (i) => ` a${i}[32767]=41`)}\ntype=EOE ${stamp} \n`,
      ),
    events: () => 1,
  },
  {
    what: 'paths of which each has another name',
    size: 500,
    make: (n) =>
      Buffer.from(
        `${times(n, (i) => `type=PATH ${stamp} item=${i} n${i}=1\n`)}type=EOE ${stamp} \n`,
      ),
    events: () => 1,
  },
  {
    what: 'a name behind many attributes',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `<Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID></System><EventData><Data${times(n, (i) => ` a${i}="x"`)} Name="Image">C:\\v.exe</Data></EventData></Event>\n`,
      ),
    events: () => 1,
  },
  {
    what: 'rows of a wide table',
    name: 'table.csv',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `EventID,${times(n, (i) => `c${i},`)}z\n${`1,${'x,'.repeat(n)}z\n`.repeat(3)}`,
      ),
    events: () => 3,
  },
  {
    what: 'many members of a zip',
    size: 300,
    make: (n) =>
      zipOf(
        Array.from({ length: n }, (_, i) => ({
          name: `${i}.json`,
          content: good,
        })),
      ),
    events: (n) => n,
  },
  {
    what: 'files of a cabinet that share their bytes',
    size: 10_000,
    make: (n) =>
      cabinetOf({
        files: [
          { name: 'a.jsonl', content: good },
          ...Array.from({ length: n }, (_, i) => ({
            ...{ name: `${i}.jsonl`, content: '' },
            ...{ from: 0, bytes: good.length },
          })),
        ],
      }),
    events: () => 1,
  },
  {
    what: 'empty blocks of a cabinet',
    size: 10_000,
    make: (n) =>
      cabinetOf({
        files: [{ name: 'a.jsonl', content: good }],
        emptyBlocks: n,
      }),
    events: () => 1,
  },
  {
    what: 'members of a zip that share their bytes',
    size: 2_000,
    make: (n) =>
      zipOf(
        Array.from({ length: n }, (_, i) => ({
          name: `${i}.json`,
          content: i === 0 ? good : '',
          ...(i > 0 && { claims: 0 }),
        })),
      ),
    events: () => 1,
  },
  {
    what: 'folders of a tar that have bodies',
    size: 300,
    make: (n) =>
      tarOf([
        ...Array.from({ length: n }, (_, i) => ({
          name: `d${i}/`,
          content: good,
          type: '5',
        })),
        { name: 'in.json', content: good },
      ]),
    // What has data is read, whatever it is called.
    events: (n) => n + 1,
  },
  {
    what: 'empty members of a gzip',
    size: 3_000,
    make: (n) => {
      const empty = gzipSync('')
      return Buffer.concat([...Array(n).fill(empty), gzipSync(good)])
    },
    events: () => 1,
  },
  {
    what: 'log sources without end',
    size: 1_000,
    heldSize: 25_000,
    make: (n) =>
      Buffer.from(
        times(
          n,
          (i) =>
            `{"product":"p${i}","category":"c${i}","service":"${'s'.repeat(900)}${i}","Image":"x"}\n`,
        ),
      ),
    events: (n) => n,
  },
  {
    what: 'providers without end',
    size: 1_000,
    heldSize: 25_000,
    make: (n) =>
      Buffer.from(
        times(
          n,
          (i) =>
            `{"Provider_Name":"${'p'.repeat(1_000)}${i}","Channel":"${'c'.repeat(1_000)}${i}","EventID":${i},"Image":"x"}\n`,
        ),
      ),
    events: (n) => n,
  },
  {
    what: 'hosts without end',
    size: 1_000,
    heldSize: 25_000,
    make: (n) =>
      Buffer.from(
        times(n, (i) => `{${sysmon},"Computer":"${'h'.repeat(2_000)}${i}"}\n`),
      ),
    events: (n) => n,
  },
  {
    what: 'names of audit fields without end',
    size: 300,
    heldSize: 4_000,
    make: (n) =>
      Buffer.from(
        times(
          n,
          (i) =>
            `type=SYSCALL msg=audit(1600000000.000:${i}): arch=c000003e syscall=59${times(20, (j) => ` k${i}_${'n'.repeat(600)}_${j}=1`)}\n`,
        ),
      ),
    events: (n) => n,
  },
  {
    what: 'audit events that never end',
    size: 1_000,
    heldSize: 15_000,
    make: (n) =>
      Buffer.from(
        times(
          n,
          (i) =>
            `type=SYSCALL msg=audit(1600000000.000:${i}): arch=c000003e syscall=59 comm="${'x'.repeat(2_000)}"\n`,
        ),
      ),
    events: (n) => n,
  },
  {
    what: 'text in text in text',
    size: 200,
    make: (n) => {
      let text = good.trim()
      for (let i = 0; i < 5; i++) text = JSON.stringify({ message: text })
      return Buffer.from(`${text}\n`.repeat(n))
    },
    events: (n) => n,
  },
  {
    what: 'a line of open brackets',
    size: 20_000,
    make: (n) => Buffer.from(`${'{"a":['.repeat(n)}\n${good}`),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'objects whose ends are missing',
    size: 500,
    make: (n) => Buffer.from(`${`{${sysmon},\n`.repeat(n)}${good}`),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'elements within elements',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `<Event><System><Provider Name="p"/><EventID>1</EventID></System><EventData>${'<a>'.repeat(n)}x</EventData></Event>\n<Event><System><Provider Name="p"/><EventID>2</EventID></System><EventData><Data Name="b">y</Data></EventData></Event>\n`,
      ),
    events: () => 2,
  },
  {
    what: 'entities and comments without end',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `<Event><System><Provider Name="p"/><EventID>1</EventID></System><EventData><Data Name="a">${'&lt;'.repeat(n)}${'<!-- -->'.repeat(n)}</Data></EventData></Event>\n`,
      ),
    events: () => 1,
  },
  {
    what: 'a table whose cell is never closed',
    name: 'table.csv',
    size: 3_000,
    make: (n) =>
      Buffer.from(`EventID,Channel\n1,Security\n"${'x,\n'.repeat(n)}`),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'a zip whose members lie about where they begin',
    size: 500,
    make: (n) =>
      zipOf([
        { name: 'in.json', content: good },
        ...Array.from({ length: n }, (_, i) => ({
          name: `${i}.json`,
          content: good,
          claims: 1 + (i % 40),
        })),
      ]),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'records of a tar that name the next one again and again',
    size: 300,
    make: (n) =>
      tarOf([
        ...Array.from({ length: n }, () => ({
          name: 'x',
          content: '11 path=a\n',
          type: 'x',
        })),
        { name: 'in.json', content: good },
      ]),
    events: () => 1,
  },
  {
    what: 'a cell in quotes that bars and commas cut',
    name: 'table.csv',
    size: 3_000,
    make: (n) =>
      Buffer.from(
        `EventID,Channel\n1,Security\n${`="${',="'.repeat(n)}\n`.repeat(2)}`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'rows that are drawn over ever more lines',
    size: 3_000,
    make: (n) =>
      Buffer.from(
        `| EventID | Channel | Image |\n|===+===+===|\n| 1 | Security | a |\n|---+---+---|\n${'| 1 | x +| a +|\n'.repeat(n)}\n`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'a drawn row whose end never comes',
    size: 3_000,
    make: (n) =>
      Buffer.from(
        `| EventID | Channel | Image |\n|---+---+---|\n| 1 | Security | a |\n| 1 | b\n${'x | y\n'.repeat(n)}`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'printed text that looks like members again and again',
    size: 3_000,
    make: (n) =>
      Buffer.from(
        `[0] a: [1767323045.1, {"EventID"=>1, "Channel"=>"Security", "Image"=>"${'x", "Image"=>"'.repeat(n)}"}]\n`,
      ),
    events: () => 1,
  },
  {
    what: 'printed quotes that end nothing',
    size: 6_000,
    make: (n) =>
      Buffer.from(
        `[0] a: [1767323045.1, {"EventID"=>1, "Channel"=>"Security"}]\n[1] a: [1767323045.1, {"a"=>"${'"}, x'.repeat(n)}"}]\n`,
      ),
    events: () => 2,
  },
  {
    what: 'values that name their types, in each other',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `${`{"a":{"S":"x"},"b":{"M":{"c":`.repeat(20)}{"N":"1"}${'}}}'.repeat(20)}\n`.repeat(
          n / 100,
        ) + good,
      ),
    events: (n) => n / 100 + 1,
  },
  {
    what: 'unions of a wide object',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `{${times(n, (i) => `"k${i}":{"string":"x"},`)}"z":1}\n${good}`,
      ),
    events: () => 2,
  },
  {
    what: 'rows of lists below many names',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `[["EventID"${times(n, (i) => `,"c${i}"`)}]${`,\n[1${',"x"'.repeat(n)}]`.repeat(3)}]\n`,
      ),
    events: () => 3,
  },
  {
    what: 'pairs of a LEEF line whose separator is a letter',
    name: 'a.log',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `LEEF:2.0|Microsoft|Sysmon|10|17|x41|${times(n, (i) => `k${i}=vA`)}\n`.repeat(
          2,
        ),
      ),
    events: () => 2,
  },
  {
    what: 'bars and escapes of a CEF line',
    name: 'a.log',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `CEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:17|p|Low|${'a\\=b c=\\\\|| '.repeat(n)}\nCEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:17|p|Low|dvchost=h\n`,
      ),
    events: () => 2,
  },
  {
    what: 'a head of CEF that is nothing but bars',
    name: 'a.log',
    size: 8_000,
    make: (n) =>
      Buffer.from(
        `CEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:17|p|Low|dvchost=h\nCEF:0${'|'.repeat(n)}\nCEF:0|${'CEF:0|'.repeat(n)}\n`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'names and values in a line without end',
    name: 'a.log',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `Computer=h SourceName=Microsoft-Windows-Sysmon EventID=17 ${times(n, (i) => `k${i}="x=y" `)}\n`.repeat(
          2,
        ),
      ),
    events: () => 2,
  },
  {
    what: 'colours in colours',
    size: 8_000,
    make: (n) =>
      Buffer.from(
        `\x1b[1;39m{\x1b[0m"a":"${'\x1b[0;32m'.repeat(n)}x${'\x1b['.repeat(n)}"}\n${good}`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'lists of members within lists of members',
    size: 400,
    make: (n) =>
      Buffer.from(
        `${'[{"key":"a","value":'.repeat(n)}1${'}]'.repeat(n)}\n${good}`,
      ),
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'entities of entities',
    name: 'a.log',
    size: 4_000,
    make: (n) =>
      Buffer.from(
        `&${'amp;'.repeat(n)}lt;Event&${'amp;'.repeat(n)}gt;\n${good}`,
      ),
    events: () => 1,
  },
  {
    what: 'escapes of escapes',
    size: 3_000,
    make: (n) => Buffer.from(`"${'\\'.repeat(n)}{${'\\'.repeat(n)}"\n${good}`),
    events: () => 1,
  },
]
