// How long after a behaviour has ended is it found? As root; a C compiler and `npm run build` first.
//
//   npx tsx bench/sensor-latency.ts [sensor...]      ebpf, tracefs and audit, where they can run
//
// Each behaviour of the live tests is run under a watch of its own scope (lateness 1 s). Of each: milliseconds from the end of the command to
// the finding in the file of findings, and to the edge; a dash where the sensor cannot see it or there is none.
import { setTimeout as sleep } from 'node:timers/promises'

import type { Finding } from '../src/findings/finding.ts'

import { type Behaviour, behaviours } from '../test/live/behaviours.ts'
import { loginUser } from '../test/live/shell.ts'
import { fieldsOf, Stage } from '../test/live/stage.ts'
import { whyNot } from '../test/live/why-not.ts'

/** Milliseconds. */
const lookEvery = 10
const patience = 10_000

const fits = (f: Finding, wanted: Readonly<Record<string, unknown>>) =>
  Object.entries(wanted).every(([name, value]) => {
    const text = String(fieldsOf(f)[name] ?? '')
    return value instanceof RegExp ? value.test(text) : text === String(value)
  })

async function measure(stage: Stage, { command, rule, edge }: Behaviour) {
  const before = stage.found().length
  await stage.run(command)
  const end = performance.now()
  const wanted: ((f: Finding) => boolean)[] = [
    ...(rule ? [(f: Finding) => f.rule.title === rule[0]] : []),
    ...(edge
      ? [
          (f: Finding) =>
            f.rule.title === 'Whatever was joined' && fits(f, edge),
        ]
      : []),
  ]
  const after: (number | undefined)[] = wanted.map(() => undefined)
  while (performance.now() - end < patience && after.includes(undefined)) {
    const found = stage.found().slice(before)
    for (const [i, is] of wanted.entries())
      if (found.some(is)) after[i] ??= Math.round(performance.now() - end)
    await sleep(lookEvery)
  }
  const told = (i: number) => after[i] ?? `over ${patience}`
  return {
    finding: rule ? told(0) : '-',
    edge: edge ? told(rule ? 1 : 0) : '-',
  }
}

async function under(sensor: string): Promise<void> {
  const why = whyNot(sensor)
  if (why !== undefined) {
    console.log(`${sensor}: cannot run here: ${why}`)
    return
  }
  const stage = new Stage(sensor)
  const flags = ['--audit-rules', 'apply', '--audit-user', String(loginUser)]
  try {
    await stage.begin(...(sensor === 'audit' ? flags : []))
    for (const behaviour of behaviours) {
      if (behaviour.unseen?.[sensor]) continue
      // Audit's records of an edge have other fields; its findings alone are waited for.
      const asked =
        sensor === 'audit' ? { ...behaviour, edge: undefined } : behaviour
      const { finding, edge } = await measure(stage, asked as Behaviour)
      console.log(
        `${sensor}  ${behaviour.name}: ${finding} ms, edge ${edge} ms`,
      )
    }
  } finally {
    await stage.end()
  }
}

const asked = process.argv.slice(2)
for (const sensor of asked.length ? asked : ['ebpf', 'tracefs', 'audit'])
  await under(sensor)
