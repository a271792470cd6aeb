// Scripts: text -> tokens -> folded expressions -> actions. Knows no event and touches no file; nothing of a script is ever executed.
export {
  type Action,
  type ActionKind,
  actionKinds,
  type ScriptReading,
} from './action.ts'
export {
  type Language,
  languageOfName,
  languages,
  tellLanguage,
} from './language.ts'
export { type ReadOptions, readScript } from './read.ts'
