// Scripts: text -> tokens -> folded expressions -> actions. Knows no event and touches no file; nothing of a script is ever executed.
export type { Action, ActionKind, ScriptReading } from './action.ts'
export type { Language } from './language.ts'
export { isWhole, scriptsNamedBy } from './named-scripts.ts'
export { paragraphOf } from './paragraph.ts'
export { mayAct } from './powershell/screen.ts'
export { readScript } from './read.ts'
