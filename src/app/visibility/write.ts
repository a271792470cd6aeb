// What is to be switched on, as files that the systems' own programs take. Nothing here runs them.
import { plural } from '../../base/shown.ts'

import type {
  Measure,
  MeasureOf,
  Means,
  RegistryValue,
  Subcategory,
} from '../../content/visibility.ts'

import type { AskingRule } from './promise.ts'
import { sysmonConfig } from './sysmon-config.ts'

export interface WrittenFile {
  readonly name: string
  readonly text: string
}

export function filesOf(
  measures: readonly Measure[],
  asking: readonly AskingRule[],
): readonly WrittenFile[] {
  const of = <M extends Means>(means: M) =>
    measures.filter((m): m is MeasureOf<M> => m.means === means)
  const sysmon = of('sysmon')
  const policy = of('audit-policy')
  const registry = of('registry')
  const audit = of('audit-rules')
  const eslogger = of('eslogger')
  const files: WrittenFile[] = []
  const add = (name: string, text: string) => files.push({ name, text })
  if (sysmon.length) add('sysmon.xml', sysmonConfig(sysmon, asking))
  if (policy.length) add('audit-policy.ps1', auditPolicy(policy))
  if (registry.length) add('registry.reg', registryFile(registry))
  if (audit.length) add('ipc.rules', auditRules(audit))
  if (eslogger.length) add('eslogger.sh', esloggerScript(eslogger))
  add('README.md', readme(measures, asking, files))
  return files
}

function auditPolicy(measures: readonly MeasureOf<'audit-policy'>[]): string {
  const lines = measures.flatMap((m) => [
    `# ${m.what}: ${m.cost}`,
    ...[m, ...(m.also ?? [])].map(setSubcategory),
    ...(m.sacl ?? []),
    '',
  ])
  const undo = measures.flatMap((m) =>
    [m, ...(m.also ?? [])].map(
      ({ guid }) => `# auditpol /set /subcategory:"${guid}" /success:disable`,
    ),
  )
  return crlf([
    '# Run as administrator. Keeps what the policy says today in audit-policy-before.csv, which "auditpol /restore" takes.',
    'auditpol /backup /file:"$PSScriptRoot\\audit-policy-before.csv"',
    // Else the categories of old go before subcategories.
    'reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa" /v SCENoApplyLegacyAuditPolicy /t REG_DWORD /d 1 /f',
    '',
    ...lines,
    '# Undo, one by one:',
    ...undo,
  ])
}

function setSubcategory({ subcategory, guid }: Subcategory): string {
  return `auditpol /set /subcategory:"${guid}" /success:enable  # ${subcategory}`
}

function registryFile(measures: readonly MeasureOf<'registry'>[]): string {
  const byKey = new Map<string, RegistryValue[]>()
  for (const { values } of measures) {
    for (const v of values) byKey.set(v.key, [...(byKey.get(v.key) ?? []), v])
  }
  const keys = [...byKey].flatMap(([key, values]) => [
    `[${longRoot(key)}]`,
    ...values.map(valueLine),
    '',
  ])
  const notes = measures.map((m) => `; ${m.what}: ${m.cost}`)
  return crlf([
    'Windows Registry Editor Version 5.00',
    '',
    ...notes,
    '',
    ...keys,
  ])
}

function longRoot(key: string): string {
  return key.replace(/^HKLM\\/, 'HKEY_LOCAL_MACHINE\\')
}

function valueLine({ name, dword, text }: RegistryValue): string {
  const quoted = (s: string) => `"${s.replace(/[\\"]/g, '\\$&')}"`
  return dword === undefined
    ? `${quoted(name)}=${quoted(text ?? '')}`
    : `${quoted(name)}=dword:${dword.toString(16).padStart(8, '0')}`
}

function crlf(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`
}

/** The lines of a measure, those for 32-bit programs behind their own. */
export function auditLines(m: MeasureOf<'audit-rules'>): readonly string[] {
  return m.lines.flatMap((line) =>
    m.b32 ? [line, line.replace('arch=b64', 'arch=b32')] : [line],
  )
}

function auditRules(measures: readonly MeasureOf<'audit-rules'>[]): string {
  const seen = new Set<string>()
  const lines = measures.flatMap((m) => {
    const own = auditLines(m).filter((l) => !seen.has(l))
    for (const l of own) seen.add(l)
    return [`## ${m.what}: ${m.cost}`, ...own, '']
  })
  return [
    '## For /etc/audit/rules.d/, then "augenrules --load". Boot with audit=1, so that processes that are older than auditd are seen.',
    '## A slow reader loses events instead of stopping the host.',
    '-b 8192',
    '--backlog_wait_time 0',
    '## A folder that this host lacks is told, and the other rules are loaded.',
    '-c',
    '',
    ...lines,
  ].join('\n')
}

function esloggerScript(measures: readonly MeasureOf<'eslogger'>[]): string {
  const costs = measures.map(
    (m) => `# ${m.event}: ${m.what}; macOS ${m.from} and later; ${m.cost}`,
  )
  return [
    '#!/bin/sh',
    '# Run as root by a terminal or launch daemon with full disk access. Events that this macOS does not have are left out.',
    ...costs,
    `wanted='${measures.map((m) => m.event).join(' ')}'`,
    'known=$(eslogger --list-events)',
    'events=',
    'for event in $wanted; do',
    '  if echo "$known" | grep -qx "$event"; then events="$events $event"; fi',
    'done',
    'exec eslogger $events',
    '',
  ].join('\n')
}

const howTo: Readonly<Record<string, string>> = {
  'sysmon.xml':
    '`sysmon64 -accepteula -i sysmon.xml`, or `sysmon64 -c sysmon.xml` where it runs already',
  'audit-policy.ps1':
    '`powershell -ExecutionPolicy Bypass -File audit-policy.ps1`, as administrator',
  'registry.reg':
    '`reg import registry.reg`, as administrator; or as preferences of a group policy',
  'ipc.rules':
    'to `/etc/audit/rules.d/`, then `augenrules --check` and `augenrules --load`',
  'eslogger.sh': '`sudo sh eslogger.sh >> events.jsonl`',
}

function readme(
  measures: readonly Measure[],
  asking: readonly AskingRule[],
  files: readonly WrittenFile[],
): string {
  const rules = (id: string) =>
    asking.filter((a) => a.needs.some((n) => n.by.includes(id))).length
  const rest = measures.filter(
    (m) => m.means === 'collect' || m.means === 'give',
  )
  return [
    '# What to switch on',
    '',
    `${plural(measures.length, 'measure')} for ${plural(asking.length, 'rule')}. Try each on a few machines first: what it costs depends on what they do.`,
    '',
    '| file | how |',
    '|---|---|',
    ...files.map((f) => `| ${f.name} | ${howTo[f.name] ?? ''} |`),
    ...rest.map(
      (m) =>
        `| - | ${m.what}: ${m.means === 'collect' ? `collect ${m.channel}` : `\`${m.command}\``} |`,
    ),
    ...(files.some((f) => f.name === 'ipc.rules')
      ? [
          '',
          'On Linux `ipcwatch watch` sees most of this by its own sensors, without rules of audit.',
        ]
      : []),
    '',
    '| gives | for rules | costs | source |',
    '|---|---:|---|---|',
    ...measures.map(
      (m) => `| ${m.what} | ${rules(m.id)} | ${m.cost} | ${m.reference} |`,
    ),
    '',
  ].join('\n')
}
