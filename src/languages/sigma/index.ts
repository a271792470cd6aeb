// The Sigma language: text -> rules of the IR.
export { sigmaCodes } from './codes.ts'
export type { SigmaOptions } from './entry.ts'
export { readFieldConditions } from './field-conditions.ts'
export { loadSigma } from './load.ts'
