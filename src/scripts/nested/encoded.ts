// Microsoft's script encoder (screnc): `#@~^`, eight characters of length, the text, eight of checksum, `^#~@`. A character stands for one of
// three, which one says its place. Public since Andreas Marx's description on Full Disclosure, 16 September 2003.

const open = '#@~^'
const close = '^#~@'

/** For the characters 9 to 127, three each, in hexadecimal. */
const table =
  '576e7b4a4c410b0b0b0c0c0c4a4c410e0e0e0f0f0f1010101111111212121313131414141515151616161717171818181919191a1a1a' +
  '1b1b1b1c1c1c1d1d1d1e1e1e1f1f1f2e2d324775307a522156602942715b6a5e382f4933265c3d496258417d3a3429353236655b2039' +
  '767c5c727a56437f73386b6639634e703345452b6b6868627151594f667809765e62317d44644a23546d7543714a4c417e3a604a4c41' +
  '5e7e53404c407745424a2c27612a485d74722227754b37316f44374e794d3b59524c2f22506f5467266a2a72477d6a6474392d547b20' +
  '2b3f7f2d382e2c774c30675d6e537e6b476c66346f357879255d742130436423264d5a76525b25636c243f482b7b5528787023296941' +
  '282e34734c0959212a3324447f4e3f6d507755093b5356557c73693a35615f6163654b50465867583b5131574969224f6c6d465a4d68' +
  '48257c2728365c46703d4a6e24327a79412f373d5f605f4b514f5a20422c366557'

const bytes = Buffer.from(table, 'hex')

/** Which of the three, by place; it begins again after 64. */
const order = '0120121221210212021200122102122100212120200120210212001220012021'

const escapes: Readonly<Record<string, string>> = {
  '&': '\n',
  '#': '\r',
  '*': '>',
  '!': '<',
  $: '@',
}

export function isEncoded(text: string): boolean {
  return text.includes(open)
}

export interface Plain {
  readonly text: string
  /** Of each unit of the text, its place in the encoded one. */
  readonly places: Uint32Array
  /** A part without a text, or without an end. */
  readonly troubles: readonly string[]
}

/** All encoded parts decoded, what stands around them as it is. */
export function decodeEncoded(encoded: string): Plain {
  const out: string[] = []
  const places = new Uint32Array(encoded.length)
  const troubles = new Set<string>()
  let done = 0
  let n = 0
  const keep = (to: number) => {
    out.push(encoded.slice(done, to))
    for (; done < to; done++) places[n++] = done
  }
  for (;;) {
    const start = encoded.indexOf(open, done)
    if (start < 0) break
    const end = encoded.indexOf(close, start)
    const to = end < 0 ? encoded.length : end
    keep(start)
    const body = part(
      encoded,
      start + open.length + 8,
      Math.max(start + 12, to - 8),
      (place) => {
        places[n++] = place
      },
    )
    out.push(body)
    if (end < 0) troubles.add('an encoded part does not end')
    else if (!body.trim()) troubles.add('an encoded part holds nothing')
    done = end < 0 ? to : to + close.length
  }
  keep(encoded.length)
  const text = out.join('')
  return { text, places: places.subarray(0, n), troubles: [...troubles] }
}

function part(
  text: string,
  from: number,
  to: number,
  at: (place: number) => void,
): string {
  const out: string[] = []
  let index = 0
  for (let i = from; i < to; i++) {
    const c = text[i]!
    const code = c.charCodeAt(0)
    at(i)
    if (c === '@' && Object.hasOwn(escapes, text[i + 1] ?? '')) {
      out.push(escapes[text[++i]!]!)
      index++
    } else {
      out.push(
        isEncodedUnit(code)
          ? String.fromCharCode(
              bytes[(code - 9) * 3 + Number(order[index % 64])]!,
            )
          : c,
      )
      if (code < 128) index++
    }
  }
  return out.join('')
}

function isEncodedUnit(code: number): boolean {
  return (
    code === 9 ||
    (code > 31 && code < 128 && code !== 60 && code !== 62 && code !== 64)
  )
}
