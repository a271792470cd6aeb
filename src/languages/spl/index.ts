// SPL, Splunk's search language: text in, searches that the pipeline runs out.
export { splCodes } from './codes.ts'
export {
  compileSearch,
  loadSpl,
  parseCondition,
  parseValue,
} from './load.ts'
export type { Macros } from './macros.ts'
export { parseMacros } from './macros.ts'
export { parseTransforms } from './transforms.ts'
