// Compiles the scanner of lines (AssemblyScript) and writes what it gives as text, since it is loaded where no file may be read:
// `tsx scripts/build-scanner.ts`. build-scanner.test.ts holds what is committed against it.
import { writeFileSync } from 'node:fs'

import asc from 'assemblyscript/asc'

const source = 'src/readers/alike-lines/scanner.as.ts'
export const target = 'src/readers/alike-lines/scanner-bytes.ts'
const pages = '64'

/** The text of the module that holds the compiled scanner. */
export async function compiledScanner(): Promise<string> {
  let bytes = new Uint8Array()
  const { error, stderr } = await asc.main(
    [
      source,
      ...['--outFile', 'scanner.wasm', '-O3', '--converge', '--noAssert'],
      ...['--runtime', 'stub', '--enable', 'simd'],
      ...['--initialMemory', pages, '--maximumMemory', pages],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) bytes = Uint8Array.from(contents as Buffer)
      },
    },
  )
  if (error) throw new Error(stderr.toString())
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,72}/g)!
    .map((line) => `  '${line}',`)
  return [
    '// Written by scripts/build-scanner.ts from scanner.as.ts: WebAssembly, in base64.',
    'export const scannerBytes = [',
    ...lines,
    "].join('')",
    '',
  ].join('\n')
}

if (process.argv[1]?.endsWith('build-scanner.ts'))
  writeFileSync(target, await compiledScanner())
