// What is told of scripts: one event an action, whether the script lay in a file, in a document, in a log or on a command line.
import type { NamedSource } from './source.ts'

export const scriptCategory = 'script_action'

export const scriptSource: NamedSource = {
  selector: { category: scriptCategory },
  sourcetypes: ['script'],
}
