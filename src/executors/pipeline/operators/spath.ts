// spath: values of a JSON or XML document become fields.
import { flattenJson, parseJson } from '../../../base/json-path.ts'
import { readDocument } from '../functions/json.ts'
import { text } from '../functions/text.ts'
import { xmlPairs } from '../functions/xml-path.ts'
import { type Single, fromList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const spath: OperatorDefinition<'spath'> = {
  start(op, emit) {
    return {
      push(row) {
        const document = text(row.get(op.input))
        if (document !== undefined) {
          if (op.path !== undefined) {
            const found = fromList(readDocument(document, op.path))
            if (found !== null) row.set(op.output ?? op.path, found)
          } else {
            for (const [name, values] of allPaths(document))
              row.set(name, fromList(values))
          }
        }
        emit(row)
      },
    }
  },
}

function allPaths(document: string): Map<string, readonly Single[]> {
  const json = parseJson(document)
  if (json !== undefined) return flattenJson(json)
  return document.trimStart().startsWith('<') ? xmlPairs(document) : new Map()
}
