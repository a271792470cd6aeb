// Do the documents still say what is so? Every relative link must lead somewhere, and the pages that are made from tables must equal what
// the tables give today (`npx tsx scripts/check-docs.ts --write` makes them).
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import { generatedPages } from './generated-pages.ts'

const write = process.argv.includes('--write')
const problems: string[] = []

for (const [path, text] of Object.entries(await generatedPages())) {
  const now = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  if (now === text) continue
  mkdirSync(dirname(path), { recursive: true })
  if (write) writeFileSync(path, text)
  else
    problems.push(
      `${path}: differs from its table; run "npx tsx scripts/check-docs.ts --write"`,
    )
}

let links = 0
const pages = [...markdown('.')]
for (const page of pages) {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '')
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target!)) continue
    links++
    const path = join(dirname(page), decodeURI(target!.split('#')[0]!))
    if (!existsSync(path))
      problems.push(`${page}: link to "${target}" leads nowhere`)
  }
}

for (const p of problems) console.error(p)
console.log(
  `docs: ${pages.length} pages, ${links} links, ${problems.length} problems`,
)
process.exit(problems.length ? 1 : 0)

function* markdown(dir: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (/^(node_modules|dist|\..*)$/.test(entry.name)) continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) yield* markdown(path)
    else if (entry.name.endsWith('.md')) yield path
  }
}
