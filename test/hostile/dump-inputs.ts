// Dumps of a host that somebody designed: registry hives whose cells overlap, lists that share what they hold, lines without end.
import { dword, text, writeHive, writeLog } from '../tools/hive-writer.ts'

export interface HostileDump {
  readonly what: string
  readonly name: string
  readonly size: number
  make(size: number): Buffer
  /** Of the transaction log beside it. */
  log?(size: number): Buffer
}

const baseBlock = 4096
/** Where a cell of keys has what it says of the lists below it. */
const nk = { subkeys: 20, subkeyList: 28, values: 36, valueList: 40 } as const
const key = Buffer.from('nk')

const keysOf = (n: number) => ({
  name: 'ROOT',
  keys: [
    { name: 'Microsoft' },
    { name: 'Policies' },
    {
      name: 'Classes',
      keys: [
        {
          name: 'AppID',
          keys: Array.from({ length: n }, (_, i) => ({
            name: `{${i.toString(16).padStart(8, '0')}-0000-0000-0000-000000000000}`,
            values: [text('RunAs', 'x'.repeat(100)), dword('AuthLevel', i)],
          })),
        },
      ],
    },
  ],
})

/** Every key with what another says of its lists. */
function sharing(n: number, fields: readonly number[]): Buffer {
  const hive = writeHive(keysOf(n))
  const keys: number[] = []
  for (let at = hive.indexOf(key, baseBlock); at >= 0; ) {
    keys.push(at)
    at = hive.indexOf(key, at + 2)
  }
  const widest = keys.reduce((a, b) =>
    hive.readUInt32LE(a + fields[0]!) < hive.readUInt32LE(b + fields[0]!)
      ? b
      : a,
  )
  for (const at of keys) {
    if (hive.readUInt32LE(at + nk.subkeys) > 0) continue
    for (const f of fields) hive.copy(hive, at + f, widest + f, widest + f + 4)
  }
  return hive
}

/** A binary property list whose objects all name the same ones. */
function sharedObjects(n: number): Buffer {
  const word = Buffer.concat([
    Buffer.from([0x5f, 0x11]),
    Buffer.from([(n >> 8) & 0xff, n & 0xff]),
    Buffer.alloc(n & 0xffff, 'a'),
  ])
  const list = Buffer.concat([Buffer.from([0xae]), Buffer.alloc(14, 1)])
  const lists = [list, ...Array.from({ length: 20 }, () => list)].map((l, i) =>
    Buffer.concat([l.subarray(0, 1), Buffer.alloc(14, i + 1)]),
  )
  const objects = [...lists, word]
  const offsets: number[] = []
  let at = 8
  for (const o of objects) {
    offsets.push(at)
    at += o.length
  }
  const table = Buffer.alloc(objects.length * 4)
  offsets.forEach((o, i) => {
    table.writeUInt32BE(o, i * 4)
  })
  const trailer = Buffer.alloc(32)
  trailer[6] = 4
  trailer[7] = 1
  trailer.writeBigUInt64BE(BigInt(objects.length), 8)
  trailer.writeBigUInt64BE(BigInt(at), 24)
  return Buffer.concat([Buffer.from('bplist00'), ...objects, table, trailer])
}

const exported = 'Windows Registry Editor Version 5.00\r\n\r\n'
const ole = '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole]\r\n'

export const dumps: readonly HostileDump[] = [
  {
    what: 'a hive of many keys',
    name: 'SOFTWARE',
    size: 300,
    make: (n) => writeHive(keysOf(n)),
  },
  {
    what: 'a hive whose keys share one list of keys',
    name: 'SOFTWARE',
    size: 300,
    make: (n) => sharing(n, [nk.subkeys, nk.subkeyList]),
  },
  {
    what: 'a hive whose keys share one list of values',
    name: 'SOFTWARE',
    size: 300,
    make: (n) => sharing(n, [nk.values, nk.valueList]),
  },
  {
    what: 'a hive that was not written out, and its log',
    name: 'SOFTWARE',
    size: 100,
    make: (n) => writeHive(keysOf(n), { primary: 8, secondary: 7 }),
    log: (n) => writeLog(writeHive(keysOf(n)), 7),
  },
  {
    what: 'a property list whose objects all name the same ones',
    name: 'a.plist',
    size: 20_000,
    make: sharedObjects,
  },
  {
    what: 'an export of values without end',
    name: 'a.reg',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `\ufeff${exported}${ole}${Array.from({ length: n }, (_, i) => `"n${i}"=dword:${i}\r\n`).join('')}`,
        'utf16le',
      ),
  },
  {
    what: 'an export of a value that never ends',
    name: 'a.reg',
    size: 5_000,
    make: (n) =>
      Buffer.from(`${exported}${ole}"a"=hex:${'00,\\\r\n'.repeat(n)}`),
  },
  {
    what: 'an export of quotes and backslashes',
    name: 'a.reg',
    size: 20_000,
    make: (n) => Buffer.from(`${exported}${ole}"${'\\'.repeat(n)}\r\n`),
  },
  {
    what: 'an export of keys without end',
    name: 'a.reg',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        exported +
          Array.from(
            { length: n },
            (_, i) => `[HKEY_LOCAL_MACHINE\\SOFTWARE\\${i}]\r\n`,
          ).join(''),
      ),
  },
  {
    what: 'an export of a key of ever more levels',
    name: 'a.reg',
    size: 20_000,
    make: (n) =>
      Buffer.from(
        `${exported}[HKEY_LOCAL_MACHINE${'\\a'.repeat(n)}]\r\n"x"=dword:1\r\n`,
      ),
  },
  {
    what: 'kernel settings without end',
    name: 'sysctl.conf',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        Array.from({ length: n }, (_, i) => `kernel.a${i} = ${i}\n`).join(''),
      ),
  },
  {
    what: 'hosts of X11 without end',
    name: 'xhost.txt',
    size: 400,
    make: (n) =>
      Buffer.from(
        `access control enabled, only authorized clients can connect\n${'INET:host.example\n'.repeat(n)}`,
      ),
  },
  {
    what: 'listeners without end',
    name: 'ss.txt',
    size: 3_000,
    make: (n) =>
      Buffer.from(
        `State  Recv-Q Send-Q Local\n${'LISTEN 0 5 0.0.0.0:2375 0.0.0.0:*\n'.repeat(n)}`,
      ),
  },
  {
    what: 'JSON of lists in lists',
    name: 'osquery.json',
    size: 1_000,
    make: (n) => Buffer.from(`${'['.repeat(n)}${']'.repeat(n)}`),
  },
  {
    what: 'a policy of elements in elements',
    name: 'system.conf',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `<!DOCTYPE busconfig><busconfig>${'<policy context="default">'.repeat(n)}<allow own="a"/>`,
      ),
  },
  {
    what: 'rules of polkit that never close',
    name: 'a.rules',
    size: 500,
    make: (n) => Buffer.from('polkit.addRule(function(action, '.repeat(n)),
  },
]
