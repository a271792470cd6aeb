// Flags that say which rules are meant, for every command that uses rules.
import { type Command, InvalidArgumentError, Option } from 'commander'

import { didYouMean } from '../base/did-you-mean.ts'

import { type Level, levels } from '../ir/rule.ts'

import type { RuleSelection } from '../app/rules/selection.ts'

import { collect } from './options.ts'

export interface SelectionFlags {
  readonly minLevel?: Level
  readonly level?: readonly Level[]
  readonly rule?: readonly string[]
  readonly exclude?: readonly string[]
  readonly technique?: readonly string[]
  readonly tag?: readonly string[]
  readonly status?: readonly string[]
}

export function addSelection(command: Command): Command {
  const repeatable: readonly (readonly [string, string])[] = [
    [
      '--rule <rule>',
      'only this rule: id or its beginning, name, folder, part of the title',
    ],
    ['--exclude <rule>', 'leave out this rule: as --rule'],
    ['--technique <id>', 'only rules of this ATT&CK technique and below'],
    ['--tag <tag>', 'only rules with this tag or one below it'],
    ['--status <status>', 'only rules of this status'],
  ]
  for (const [flags, what] of repeatable) {
    command.addOption(
      new Option(flags, `${what} (repeatable)`).argParser(collect),
    )
  }
  return command
    .addOption(
      new Option('--min-level <level>', 'only rules of this level or above')
        .choices(levels)
        .argParser(readLevel),
    )
    .addOption(
      new Option(
        '--level <level>',
        'only rules of this very level (repeatable)',
      )
        .choices(levels)
        .argParser((value, before: readonly Level[] = []) => [
          ...before,
          readLevel(value),
        ]),
    )
}

export function selectionOf(flags: SelectionFlags): RuleSelection {
  const { minLevel, level, rule, exclude, technique, tag, status } = flags
  return {
    ...(minLevel && { minLevel }),
    ...(level && { levels: level }),
    rules: rule ?? [],
    techniques: technique ?? [],
    ...(exclude && { excluded: exclude }),
    ...(tag && { tags: tag }),
    ...(status && { statuses: status }),
  }
}

export function readLevel(value: string): Level {
  const found = levels.find((l) => l === value.toLowerCase())
  if (found) return found
  const hint = didYouMean(value, levels)
  throw new InvalidArgumentError(
    `${hint ? `${hint} ` : ''}levels are ${levels.join(', ')}.`,
  )
}
