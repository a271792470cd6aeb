// Writes the documents that the tests make into a folder, so that other programs can read them: usage: npx tsx scripts/write-documents.ts FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { madeDocuments } from '../test/documents/made.ts'

const folder = process.argv[2]
if (!folder) throw new Error('usage: npx tsx scripts/write-documents.ts FOLDER')
mkdirSync(folder, { recursive: true })
let count = 0
for (const { name, bytes } of madeDocuments()) {
  writeFileSync(join(folder, name), bytes)
  count++
}
console.log(`${count} documents in ${folder}`)
