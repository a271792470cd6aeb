// Queries of Power Query: a package within a part of custom data, in which they stand as text of the language M. What they ask is told, as of other connections.
// [MS-QDEFF] 2.2 (package parts); https://learn.microsoft.com/powerquery-m/power-query-m-function-reference
import { inflateRawSync } from 'node:zlib'

import type { DocumentItem } from '../../item.ts'
import type { Ooxml } from '../document.ts'

/** Of the queries of one workbook, decoded, in bytes. */
const maxBytes = 8 * 1024 * 1024
/** Members of the package, and calls that are told. */
const maxMembers = 256
const maxCalls = 1024
/** Of one call that is shown, in UTF-16 units. */
const maxShown = 2048
/** Pieces of one text. */
const maxPieces = 256

/** Functions that take data from elsewhere; what they are given first is where. */
const asking =
  /\b(?:Web\.(?:Contents|Page|BrowserContents|Headers)|File\.Contents|Folder\.(?:Files|Contents)|OData\.Feed|Xml\.(?:Tables|Document)|Excel\.Workbook|SharePoint\.\w{1,32}|(?:Sql|Oracle|MySQL|PostgreSQL|DB2|Sybase|Teradata|Informix|SapHana|AnalysisServices)\.Databases?|(?:OleDb|Odbc|AdoDotNet)\.(?:Query|DataSource)|Hdfs\.\w{1,32}|Expression\.Evaluate)\s{0,64}\(/g

const mashup =
  /<(?:[\w.-]{1,64}:)?DataMashup\b[^<>]{0,1024}>([A-Za-z\d+/=\s]{16,})</

export async function readQueries({ opened, writer }: Ooxml): Promise<void> {
  for (const { name } of opened.parts) {
    if (!/^customXml\/[^/]*\.xml$/i.test(name)) continue
    const xml = await opened.xml(name)
    const encoded = xml && mashup.exec(xml.text)?.[1]
    if (!encoded) continue
    const told = (problem: string) => writer.damaged(problem, name)
    for (const text of queriesIn(Buffer.from(encoded, 'base64'), told)) {
      let count = 0
      for (const item of callsIn(text, name)) {
        if (++count > maxCalls) {
          writer.bound(`over ${maxCalls} calls in queries`, name)
          break
        }
        writer.add(item)
      }
    }
  }
}

/** Version, length of the package, package. Its members are read from their own heads. */
function* queriesIn(
  bytes: Buffer,
  told: (problem: string) => void,
): Generator<string> {
  let left = maxBytes
  let at = bytes.indexOf('PK\x03\x04', 0, 'latin1')
  for (let i = 0; at >= 0; i++) {
    if (i >= maxMembers || left <= 0) {
      told(
        `queries over ${maxBytes} bytes, or ${maxMembers} members, were not read`,
      )
      return
    }
    if (at + 30 > bytes.length) return
    const method = bytes.readUInt16LE(at + 8)
    const from =
      at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const name = bytes.toString(
      'utf8',
      at + 30,
      at + 30 + bytes.readUInt16LE(at + 26),
    )
    const next = bytes.indexOf('PK\x03\x04', from, 'latin1')
    if (/\.m$/i.test(name)) {
      const data = bytes.subarray(
        from,
        from + bytes.readUInt32LE(at + 18) || undefined,
      )
      const text = plainMember(data, method, left)
      if (text === undefined)
        told(`the query "${name.slice(0, 128)}" cannot be unpacked`)
      else {
        left -= text.length
        yield text.toString('utf8')
      }
    }
    at = next
  }
}

function plainMember(
  data: Buffer,
  method: number,
  maxOutputLength: number,
): Buffer | undefined {
  if (method === 0) return data.subarray(0, maxOutputLength)
  try {
    return inflateRawSync(data, { maxOutputLength })
  } catch {
    return undefined
  }
}

function* callsIn(text: string, part: string): Generator<DocumentItem> {
  for (const found of text.matchAll(asking)) {
    const target = textAt(text, found.index + found[0].length)
    const end = text.indexOf('\n', found.index)
    const line = text.slice(found.index, end < 0 ? undefined : end)
    yield {
      kind: 'connection',
      part,
      position: `character ${found.index}`,
      text: line.trim().slice(0, maxShown),
      targetMode: 'external',
      ...(target && { target }),
    }
  }
}

/** Texts that are joined by `&`. */
function textAt(text: string, from: number): string {
  const piece = /\s{0,256}"((?:[^"]|""){0,32768})"\s{0,256}(&?)/y
  piece.lastIndex = from
  const parts: string[] = []
  for (let i = 0; i < maxPieces; i++) {
    const found = piece.exec(text)
    if (!found) break
    parts.push(unescaped(found[1]!))
    if (!found[2]) break
  }
  return parts.join('')
}

/** `#(lf)`, `#(0068,0074)`; a quote is doubled. */
function unescaped(text: string): string {
  return text
    .replaceAll('""', '"')
    .replace(/#\(([\da-f,]{2,64})\)/gi, (whole, codes: string) => {
      const all = codes.split(',').map((c) => Number.parseInt(c, 16))
      return all.every((c) => c > 0 && c <= 0x10ffff)
        ? all.map((c) => String.fromCodePoint(c)).join('')
        : whole
    })
}
