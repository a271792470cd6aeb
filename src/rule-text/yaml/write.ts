// Data as YAML that every reader takes for the same: readers of version 1.1, which Python's is, take a bare `off` or `yes` for a truth.
import { Document } from 'yaml'

export function writeYaml(value: unknown): string {
  const document = new Document(value, {
    version: '1.1',
    aliasDuplicateObjects: false,
  })
  return document.toString({ directives: false, lineWidth: 120 })
}
