import { describe, expect, it } from 'vitest'

import { run } from './tools/product.ts'

function help(...command: string[]): string {
  const { status, stdout } = run([...command, '--help'])
  expect(status).toBe(0)
  return stdout
}

/** Names of the commands below, from the help itself. */
function below(text: string): string[] {
  const [, rest = ''] = text.split('\nCommands:\n')
  const [list = ''] = rest.split('\n\n')
  return [...list.matchAll(/^ {2}([a-z]+) /gm)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'help')
}

describe('--help', () => {
  it('ends with examples, of each command', () => {
    const walk = (command: readonly string[]) => {
      const text = help(...command)
      const [, examples = ''] = text.split('\nExamples:\n')
      expect(examples).toContain(['ipcwatch', ...command].join(' '))
      for (const name of below(text)) walk([...command, name])
    }
    walk([])
  })
})
