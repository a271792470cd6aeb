// `ipcwatch rules`: what the rules are, and whether they hold.
import { Command } from 'commander'

import { builtinRules } from '../content/load.ts'

import { checkEvidence } from '../app/evidence.ts'

import { Outcome } from './exit.ts'

export function rulesCommand(): Command {
  const rules = new Command('rules').description(
    'list, lint, test and explain rules',
  )
  rules
    .command('test')
    .description(
      'run rules on their own evidence: fires/ must fire, silent/ must not',
    )
    .argument('[folders...]', 'folders of rules; default: the built-in content')
    .action(test)
  return rules
}

async function test(folders: string[]): Promise<void> {
  const outcome = new Outcome()
  let passed = 0
  let failed = 0
  for (const folder of folders.length ? folders : [builtinRules]) {
    await checkEvidence(folder, (r) => {
      if (r.ok) {
        passed++
        return
      }
      failed++
      outcome.note('ruleError')
      process.stdout.write(
        `FAILED ${r.file}: expected to ${r.expected === 'fires' ? 'fire' : 'stay silent'}, but ${r.found}\n`,
      )
    })
  }
  process.stdout.write(`${passed} pieces of evidence hold, ${failed} do not\n`)
  process.exitCode = outcome.code
}
