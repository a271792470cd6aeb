// SPL, Splunk's search language: text in, searches that the pipeline runs out.
export type { Command, Query, SearchNode } from './ast.ts'
export type { CodeEntry, SplCode } from './codes.ts'
export { splCodes } from './codes.ts'
export { derivationNotes, knownNames, resolveField } from './fields.ts'
export type {
  CompiledSearch,
  LoadedSpl,
  RefusedSearch,
  SplOptions,
} from './load.ts'
export { compileSearch, detectionsOf, loadSpl, parseCondition } from './load.ts'
export type { Macro, Macros } from './macros.ts'
export { parseMacros } from './macros.ts'
export { printQuery } from './print.ts'
