// The program as one script, with what V8 made of it when it was built: reading and compiling three megabytes of modules is half of a short run.
// Another release of Node, or other flags, take the script alone, as if nothing was beside it.
import '../app/reading/heap.ts'

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'

import type { Code } from './code.ts'

/** Beside this file. */
export const scriptName = 'ipcwatch.cjs'
export const compiledName = 'ipcwatch.v8'

type Body = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  url: string,
) => void

/** What the script calls its own address, from which it finds what is shipped with it. */
export const urlName = 'scriptUrl'

/** Throws if the script cannot be read. */
export function openScript(): Script {
  const path = besides(scriptName)
  // Nothing but ASCII is in it: one byte a letter, without decoding.
  const source = readFileSync(path, 'latin1')
  return new Script(
    `(function (exports, require, module, ${urlName}) {${source}\n})`,
    {
      filename: path,
      cachedData: compiled(),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  )
}

export function codeOf(script: Script): Code {
  const { href } = new URL(scriptName, import.meta.url)
  const module = { exports: {} }
  const body = script.runInThisContext() as Body
  body(module.exports, createRequire(href), module, href)
  return module.exports as Code
}

function compiled(): Buffer | undefined {
  try {
    return readFileSync(besides(compiledName))
  } catch {
    return undefined
  }
}

function besides(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
