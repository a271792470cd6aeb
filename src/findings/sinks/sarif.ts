// Findings as SARIF 2.1.0, for code hosts and their viewers. Results are written as they come; the rules that they name stand behind them.
import { shownJson } from '../../base/shown.ts'

import type { Finding, Place } from '../finding.ts'
import { storyOf } from '../incidents/sentence.ts'
import { sarifLevel } from './severity.ts'
import type { SinkFormat } from './sink.ts'
import { uuidOf } from './uuid.ts'

const schema =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

export const sarif: SinkFormat = {
  what: 'SARIF 2.1.0',
  extensions: ['sarif', 'json'],
  open({ write }) {
    const rules = new Map<string, Finding>()
    let before = `{"$schema":"${schema}","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[\n`
    return {
      finding(written) {
        const finding = JSON.parse(written.text()) as Finding
        if (!rules.has(finding.rule.id)) rules.set(finding.rule.id, finding)
        write(`${before}${shownJson(JSON.stringify(resultOf(finding)))}`)
        before = ',\n'
      },
      end() {
        if (!rules.size) write(before)
        const driver = {
          name: 'ipcwatch',
          informationUri: 'https://attack.mitre.org/techniques/T1559/',
          rules: [...rules.values()].map(ruleOf),
        }
        write(`\n],"tool":{"driver":${shownJson(JSON.stringify(driver))}}}]}\n`)
      },
    }
  },
}

function resultOf(f: Finding) {
  const told = storyOf(f)
  return {
    ruleId: f.rule.id,
    level: sarifLevel[f.rule.level][0],
    ...(f.explanation.last !== undefined && {
      occurrenceCount: f.explanation.matches,
    }),
    message: { text: told ? `${f.rule.title}: ${told}` : f.rule.title },
    locations: f.evidence.map((e) => ({ physicalLocation: placeOf(e) })),
    partialFingerprints: { 'ipcwatchFinding/v1': f.id },
    properties: {
      time: f.time,
      host: f.host,
      techniques: f.techniques,
      evidence: f.evidence,
      held: f.explanation.held,
    },
  }
}

function placeOf({ file, offset }: Place) {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: { byteOffset: Math.max(0, offset), byteLength: 0 },
  }
}

/** A path as a reference: what would begin a query, a fragment or a scheme is escaped. */
function uriOf(file: string): string {
  const parts = file
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\\', '/')
    .split('/')
  return parts.map((part) => encodeURIComponent(part)).join('/')
}

function ruleOf({ rule, explanation, techniques }: Finding) {
  const [level, score] = sarifLevel[rule.level]
  const help = [
    explanation.why ?? rule.title,
    explanation.benign.length
      ? `Benign when: ${explanation.benign.join('; ')}.`
      : '',
    explanation.mitigations.length
      ? `Stopped by: ${explanation.mitigations.join(', ')}.`
      : '',
  ]
  return {
    id: rule.id,
    guid: guidOf(rule.id),
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: explanation.why ?? rule.title },
    help: { text: help.filter(Boolean).join('\n') },
    defaultConfiguration: { level },
    properties: {
      tags: ['security', ...techniques],
      'security-severity': score,
    },
  }
}

/** An id that is a GUID is one; any other makes one. */
function guidOf(id: string): string {
  const guid =
    /^[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i
  return guid.test(id) ? id : uuidOf(`rule ${id}`)
}
