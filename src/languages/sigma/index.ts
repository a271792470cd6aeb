// The Sigma language: text -> rules of the IR.
export type { SigmaCode } from './codes.ts'
export { sigmaCodes } from './codes.ts'
export type {
  LoadResult,
  RefusedRule,
  SigmaFile,
  SigmaOptions,
} from './load.ts'
export { loadSigma } from './load.ts'
