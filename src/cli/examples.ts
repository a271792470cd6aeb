// Each command's `--help` ends with calls that can be copied.
import type { Command } from 'commander'

const examples: Readonly<Record<string, readonly string[]>> = {
  ipcwatch: ['ipcwatch scan evidence/', 'ipcwatch help scan'],
  scan: [
    'ipcwatch scan evidence/',
    'ipcwatch scan evidence/ -o all.ndjson --format table',
    'ipcwatch scan Sysmon.evtx logs.zip --min-level high --since 2026-03-01 --host ws7',
    'zcat audit.log.gz | ipcwatch scan -',
    'ipcwatch scan evidence/ --rules sigma/rules/windows --no-builtin',
  ],
  hunt: [
    "ipcwatch hunt 'sourcetype=Sysmon EventCode=17 | stats count by PipeName Image' logs/",
    'ipcwatch hunt --file search.spl logs/ --explain --format csv',
  ],
  events: [
    'ipcwatch events Sysmon.evtx',
    "ipcwatch events logs/ --where 'PipeName|contains=psexe' --format table",
    'ipcwatch events logs/ --where EventID=1 --fields Image,CommandLine,ParentImage',
  ],
  snapshot: [
    'ipcwatch snapshot',
    'ipcwatch snapshot --format ndjson -o now.ndjson',
    'ipcwatch snapshot --format svg -o now.svg',
  ],
  sensors: ['ipcwatch sensors'],
  'sensors run': [
    'ipcwatch sensors run ebpf',
    'ipcwatch sensors run tracefs --scope pid:4242 > seen.ndjson',
  ],
  scripts: [
    'ipcwatch scripts invoice.vbs',
    'ipcwatch scripts evidence/ --format json',
    'ipcwatch scripts Sysmon.evtx --root /mnt/image --capture captured/',
  ],
  watch: [
    'ipcwatch watch /var/log/audit/audit.log logs/ --state state/ --out findings.ndjson',
    'ipcwatch watch --http 127.0.0.1:8088 --state state/',
    'ipcwatch watch --sensors auto',
    'ipcwatch watch --config ipcwatch.yml --check',
    'ipcwatch watch --status --state state/',
  ],
  baseline: [
    'ipcwatch baseline build logs/january -o january.ndjson',
    'ipcwatch scan evidence/ --baseline january.ndjson',
  ],
  'baseline build': [
    'ipcwatch baseline build logs/ -o usual.ndjson',
    'ipcwatch baseline build Sysmon.evtx --until 2026-02-01 -o january.ndjson',
  ],
  'baseline merge': [
    'ipcwatch baseline merge ws1.ndjson ws2.ndjson -o fleet.ndjson',
  ],
  'baseline show': [
    'ipcwatch baseline show fleet.ndjson',
    'ipcwatch baseline show fleet.ndjson --kind pipe',
  ],
  'baseline diff': ['ipcwatch baseline diff january.ndjson february.ndjson'],
  doctor: ['ipcwatch doctor'],
  posture: [
    'ipcwatch posture',
    'ipcwatch posture NTUSER.DAT SOFTWARE SYSTEM mp-preference.json --format json',
    'ipcwatch posture --root /mnt/image --fix-script',
    'ipcwatch posture dumps/ --telemetry logs/',
  ],
  suppressions: [
    'ipcwatch suppressions list suppressions/',
    'ipcwatch suppressions draft findings.ndjson > suppressions/new.yml',
  ],
  'suppressions list': ['ipcwatch suppressions list suppressions/'],
  'suppressions test': [
    'ipcwatch suppressions test suppressions/ --findings findings.ndjson',
  ],
  'suppressions draft': ['ipcwatch suppressions draft findings.ndjson'],
  rules: ['ipcwatch rules list', 'ipcwatch rules lint my-rules/'],
  'rules list': [
    'ipcwatch rules list',
    'ipcwatch rules list --rules my-rules/ --no-builtin --format ndjson',
  ],
  'rules lint': ['ipcwatch rules lint my-rules/'],
  'rules test': ['ipcwatch rules test my-rules/'],
  'rules coverage': [
    'ipcwatch rules coverage --format ndjson',
    'ipcwatch rules coverage evidence/ --format markdown',
    'ipcwatch rules coverage --live --write what-to-switch-on/',
  ],
  'rules show': [
    'ipcwatch rules show 5b7f5a0e',
    "ipcwatch rules show 'pipe into' --rules my-rules/",
  ],
  'rules explain': [
    'ipcwatch rules explain my-rules/pipe.yml Sysmon.evtx',
    "ipcwatch rules explain 'part of a title' 'logs/events.jsonl#12'",
  ],
  completion: [
    'source <(ipcwatch completion bash)',
    'ipcwatch completion fish > ~/.config/fish/completions/ipcwatch.fish',
  ],
  'rules equal': ['ipcwatch rules equal a.yml b.spl logs/'],
  'rules convert': [
    'ipcwatch rules convert --to spl --rule 1aae5dd5',
    'ipcwatch rules convert --to sigma --rules my-searches/ -o converted/',
  ],
}

/** `name`: as it is called, without `ipcwatch`. */
export function addExamples(command: Command, name: string): void {
  const own = Object.hasOwn(examples, name) ? examples[name]! : []
  if (!own.length) return
  const lines = own.map((e) => `  ${e}`)
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}
