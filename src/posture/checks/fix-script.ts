// A script that mends what failed, with its undoing, for a person to read and to run. Nothing here runs it. What a dump names (users, versions,
// containers) goes into a command only where it cannot change what the command does.
import { oneLine } from '../../base/shown.ts'

import { type Platform, platforms } from '../facts/facts.ts'
import { commandAt, ofUser } from './command.ts'
import { type Checked, type CheckedPlace, remedyFor } from './judge.ts'

interface Step {
  readonly title: string
  readonly apply: readonly string[]
  readonly undo: readonly string[]
}

export function fixScripts(all: readonly Checked[]): string {
  const scripts = platforms
    .map((platform) => [platform, stepsOf(all, platform)] as const)
    .filter(([, steps]) => steps.length > 0)
    .map(([platform, steps]) =>
      platform === 'windows' ? powerShell(steps) : shell(platform, steps),
    )
  return scripts.join('\n\n') || '# no check that failed has a command\n'
}

function stepsOf(all: readonly Checked[], platform: Platform): readonly Step[] {
  return all
    .filter((c) => c.status === 'fail' && c.check.platform === platform)
    .map(stepOf)
}

function stepOf({ check, places }: Checked): Step {
  const apply = new Set<string>()
  const undo = new Set<string>()
  for (const place of places.filter((p) => p.status === 'fail')) {
    const own = remedyFor(check, place)
    const { command, policy } = own.remedy
    add(apply, command ?? `# by hand: ${policy}`, place)
    const was = wasSet(place)
    if (was !== undefined) undo.add(was)
    if (was === undefined || place.fact?.key === 'sysctl') {
      add(undo, own.undo, place)
    }
  }
  return {
    title: `${check.id}: ${check.title}`,
    apply: [...apply],
    undo: [...undo].reverse(),
  }
}

function add(lines: Set<string>, command: string, place: CheckedPlace): void {
  const strange = Object.entries(place.about).find(
    ([name, value]) => command.includes(`{${name}}`) && !safe.test(value),
  )
  lines.add(
    strange
      ? `# by hand: the ${strange[0]} has a name with unusual characters: ${oneLine(JSON.stringify(strange[1]))}`
      : commandAt(command, place.about),
  )
}

const safe = /^[\w .@:/-]{1,200}$/

/** What stood there before, where that is known and plain. */
function wasSet({ fact, about }: CheckedPlace): string | undefined {
  if (fact?.key === 'sysctl') {
    const { name, value } = fact
    return /^[\w.]+$/.test(name) && /^\w+$/.test(String(value))
      ? `sysctl -w ${name}=${String(value)}`
      : undefined
  }
  if (!fact?.type || !fact.key.startsWith('HK')) return undefined
  const { key, name, value, type } = fact
  const isPlain =
    typeof value === 'number' ||
    (typeof value === 'string' && /^[\w.-]*$/.test(value))
  if (!isPlain || !/^[\w .\\{}-]+$/.test(key + name)) return undefined
  return ofUser(
    `reg add "${key}" /v "${name}" /t ${type} /d ${value === '' ? '""' : value} /f`,
    about.user,
  )
}

const headOf = (language: string, platform: Platform) =>
  `# ipcwatch posture: mends what failed on ${platform} (${language}). It was printed, not run: read it first.`

function powerShell(steps: readonly Step[]): string {
  const body = (which: 'apply' | 'undo') =>
    steps.flatMap((s) => [`    # ${oneLine(s.title)}`, ...indented(s[which])])
  return [
    headOf('PowerShell', 'windows'),
    '# fix.ps1 apply | fix.ps1 undo; as an administrator',
    'param([Parameter(Mandatory)][ValidateSet("apply", "undo")][string]$What)',
    'switch ($What) {',
    '  "apply" {',
    ...body('apply'),
    '  }',
    '  "undo" {',
    ...body('undo'),
    '  }',
    '}',
  ].join('\n')
}

function shell(platform: Platform, steps: readonly Step[]): string {
  const body = (which: 'apply' | 'undo') =>
    steps.flatMap((s) => [`    # ${oneLine(s.title)}`, ...indented(s[which])])
  return [
    '#!/bin/sh',
    headOf('sh', platform),
    '# sh fix.sh apply | sh fix.sh undo; as root',
    'set -eu',
    `case "$\{1:-}" in`,
    '  apply)',
    ...body('apply'),
    '    ;;',
    '  undo)',
    ...body('undo'),
    '    ;;',
    '  *) echo "usage: $0 apply|undo" >&2; exit 64 ;;',
    'esac',
  ].join('\n')
}

function indented(commands: readonly string[]): string[] {
  return commands.flatMap((c) => c.split('\n').map((line) => `    ${line}`))
}
