// docs/coverage.md: which rules see what, and what each needs to see. Made of the rules themselves, of the catalogue of behaviours and of
// the ATT&CK extract; a row of the catalogue without a rule says why, or the page is not made.
import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'

import { parse, parseAllDocuments } from 'yaml'

import { printSelector } from '../src/event/log-source.ts'

import { demandsOf, demandsOfSearch, type Demand } from '../src/ir/demand.ts'

import { splitRules } from '../src/app/rules/enriched-rules.ts'
import type { AnyRule } from '../src/app/rules/parts.ts'
import { loadRules } from '../src/content/load.ts'

interface Row {
  readonly id: string
  readonly what: string
  readonly platform: string
  readonly techniques: readonly string[]
  readonly components: readonly string[]
  readonly rules?: readonly string[]
  readonly why?: string
}

interface Head {
  readonly title: string
  readonly level: string
  readonly tags?: readonly string[]
  readonly techniques?: readonly string[]
  readonly attack_v17?: { readonly data_component?: string }
  readonly attack_v18?: Readonly<Record<string, string | undefined>>
}

interface Content {
  readonly name: string
  readonly file: string
  readonly platform: string
  readonly head: Head
  readonly needs: string
}

const groups: Readonly<Record<string, string>> = {
  COM: 'COM',
  DCOM: 'DCOM',
  DDE: 'DDE and documents',
  XPC: 'XPC and Mach',
  PIPE: 'Windows pipes',
  LNX: 'Linux sockets, buses, containers',
  PIP: 'Pipes on Linux and macOS',
  SHM: 'Shared memory',
  PA: 'Process access',
  SCR: 'Scripts',
  MOD: 'Libraries',
}

export async function coveragePage(): Promise<string> {
  const { rows } = yaml('content/coverage/catalogue.yml') as {
    rows: readonly Row[]
  }
  const { components } = yaml('content/knowledge/attack.yml') as {
    components: readonly { readonly v17: string; readonly v18: string }[]
  }
  const names = new Map(components.map((c) => [c.v18, c.v17]))
  const content = await contentOf()
  const byName = new Map(content.map((c) => [c.name, c]))
  check(rows, byName, names)
  const seen = rows.filter((r) => r.rules?.length).length
  const intro = `# Coverage

Which rules see which abuse of inter-process communication, and what each needs to see. This page is made from [the catalogue](../content/coverage/catalogue.yml), the rules and
[the ATT&CK extract](../content/knowledge/attack.yml). What *your* telemetry lets them see: \`npx ipcwatch rules coverage LOGS\`.

${rows.length} behaviours: ${seen} have rules, ${rows.length - seen} say why not. ${content.length} rules. Data components bear their names of ATT&CK 17 and their ids of 18.
`
  return [
    intro,
    ...catalogue(rows, byName, names),
    techniques(content, names),
    needs(content),
  ].join('\n')
}

function yaml(path: string): unknown {
  return parse(readFileSync(path, 'utf8'))
}

function check(
  rows: readonly Row[],
  rules: ReadonlyMap<string, Content>,
  components: ReadonlyMap<string, string>,
): void {
  for (const row of rows) {
    const strange = row.rules?.filter((name) => !rules.has(name)) ?? []
    const unnamed = row.components.filter((c) => !components.has(c))
    const known = ['id', 'what', 'platform', 'techniques', 'components']
    const odd = Object.keys(row).filter(
      (key) => ![...known, 'rules', 'why'].includes(key),
    )
    const wrong = [
      ...odd.map(
        (key) => `"${key}" says nothing here: are quotation marks missing?`,
      ),
      ...strange.map((name) => `there is no rule "${name}"`),
      ...unnamed.map(
        (id) => `content/knowledge/attack.yml does not know ${id}`,
      ),
      ...(row.rules?.length || row.why ? [] : ['neither a rule nor why not']),
      ...(groups[groupOf(row)] ? [] : ['its group has no title']),
    ]
    if (wrong.length)
      throw new Error(`catalogue.yml, ${row.id}: ${wrong.join('; ')}`)
  }
  const ids = rows.map((r) => r.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice) throw new Error(`catalogue.yml: ${twice} stands there twice`)
}

function groupOf({ id }: Row): string {
  return id.replace(/-\d+$/, '')
}

function catalogue(
  rows: readonly Row[],
  rules: ReadonlyMap<string, Content>,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.entries(groups).map(([group, title]) => {
    const lines = rows
      .filter((row) => groupOf(row) === group)
      .map((row) =>
        line([
          row.id,
          row.what,
          row.platform,
          row.techniques.join(', '),
          row.components.map((c) => componentText(names.get(c), c)).join(', '),
          (row.rules ?? []).map((n) => link(rules.get(n)!)).join(', '),
          row.why ?? '',
        ]),
      )
    return section(
      title,
      [
        'id',
        'behaviour',
        'platform',
        'techniques',
        'shows in',
        'rules',
        'what is not seen, and why',
      ],
      lines,
    )
  })
}

function techniques(
  content: readonly Content[],
  names: ReadonlyMap<string, string>,
): string {
  const cells = new Map<string, Content[]>()
  for (const rule of content) {
    for (const technique of techniquesOf(rule.head)) {
      const key = [technique, rule.platform, componentOf(rule, names)].join(
        '\0',
      )
      cells.set(key, [...(cells.get(key) ?? []), rule])
    }
  }
  const lines = [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rules]) =>
      line([...key.split('\0'), rules.map(link).join(', ')]),
    )
  return section(
    'By technique',
    ['technique', 'platform', 'data component', 'rules'],
    lines,
  )
}

function needs(content: readonly Content[]): string {
  const lines = content.map((rule) =>
    line([
      rule.platform,
      link(rule),
      rule.head.level,
      analyticOf(rule.head),
      rule.needs,
    ]),
  )
  return section(
    'What each rule needs to see',
    ['platform', 'rule', 'level', 'ATT&CK 18', 'needs'],
    lines,
  )
}

function section(
  title: string,
  heads: readonly string[],
  lines: readonly string[],
): string {
  const rule = `|${heads.map(() => '---').join('|')}|`
  return `## ${title}\n\n${line(heads)}\n${rule}\n${lines.join('\n')}\n`
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`
}

function link({ name, file, head }: Content): string {
  return `[${name}](../${dirname(file)}) (${head.level})`
}

function componentText(name: string | undefined, id: string): string {
  return name ? `${name} ${id}` : id
}

function componentOf(
  { head }: Content,
  names: ReadonlyMap<string, string>,
): string {
  const id = head.attack_v18?.data_component
  const own = head.attack_v17?.data_component ?? (id && names.get(id))
  return [own, id].filter(Boolean).join(' → ')
}

function analyticOf({ attack_v18: v18 }: Head): string {
  return [v18?.detection_strategy, v18?.analytic].filter(Boolean).join(' ')
}

function techniquesOf({ tags = [], techniques = [] }: Head): readonly string[] {
  const all = [...tags, ...techniques].map((t) =>
    t.replace(/^attack\./i, '').toUpperCase(),
  )
  return [...new Set(all.filter((t) => /^T\d{4}/.test(t)))].sort()
}

async function contentOf(): Promise<readonly Content[]> {
  const { rules, searches } = await loadRules({
    paths: [],
    builtin: true,
    cache: false,
  })
  const byFile = new Map<string, AnyRule[]>()
  for (const rule of [...rules, ...searches]) {
    const file = relative('.', rule.meta.file!).replaceAll('\\', '/')
    byFile.set(file, [...(byFile.get(file) ?? []), rule])
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, own]) => ({
      file,
      name: basename(dirname(file)),
      platform: platformOf(file),
      head: headOf(file),
      needs: needsOf(own),
    }))
}

/** The published analytics are all on Windows. */
function platformOf(file: string): string {
  const folder = file.split('/')[2]!
  return folder === 'published' ? 'windows' : folder
}

function headOf(file: string): Head {
  const text = readFileSync(file, 'utf8')
  const head = file.endsWith('.spl') ? text.split(/^---$/m)[1]! : text
  const [first] = parseAllDocuments(head)
  return (first as { toJS(): unknown }).toJS() as Head
}

function needsOf(rules: readonly AnyRule[]): string {
  const demands = rules.flatMap((rule): readonly Demand[] => {
    if (rule.kind === 'correlation') return []
    if (rule.kind === 'detection') return demandsOf([rule])
    return demandsOfSearch(rule.search) ?? []
  })
  const told = rules.flatMap((r) =>
    r.kind === 'detection' || r.kind === 'correlation' ? r : [],
  )
  const { edges, asksLineage, rarities, asksCycle, scripts } = splitRules(told)
  const rare = new Set([...rarities.ofEvents, ...rarities.ofEdges])
  return [
    ...new Set(demands.map(demandText)),
    ...(edges.length ? [`edges: ${edges.join(', ')}`] : []),
    ...(asksLineage ? ['lineage'] : []),
    ...(rare.size
      ? [`a baseline of ${[...rare].join(', ')}, or enough of its own`]
      : []),
    ...(asksCycle ? ['a schedule'] : []),
    ...(scripts ? ['script text'] : []),
  ].join('; ')
}

function demandText({ logSource, eventIds }: Demand): string {
  const ids = eventIds?.length ? ` (${eventIds.join(', ')})` : ''
  return `${printSelector(logSource)}${ids}`
}
