// Where a thread of the bundled program begins.
import { codeOf, openScript } from './compiled-code.ts'

await codeOf(openScript()).thread()
