// A rule of the IR as a search under a front matter. In Splunk the search alone is pasted; here the file is a rule.
import type { Rule } from '../../../ir/rule.ts'

import type { WrittenRule } from '../../../rule-text/unsayable.ts'
import { writeHead } from '../../../rule-text/write-head.ts'
import { writeYaml } from '../../../rule-text/yaml/write.ts'

import { writeCorrelation } from './correlation.ts'
import { writeDetection } from './detection.ts'

/** The rule, and those that it reads. Throws `Unsayable`. */
export function writeSpl(rule: Rule, read: readonly Rule[]): WrittenRule {
  const { text, isKnown } =
    rule.kind === 'detection'
      ? writeDetection(rule)
      : writeCorrelation(rule, new Map(read.map((r) => [r.meta.id, r])))
  const { before, after } = writeHead(rule.meta, 'show')
  const head = writeYaml({ ...before, ...after })
  return {
    text: `---\n${head}---\n${text}\n`,
    notes: isKnown
      ? []
      : [
          "Splunk's add-ons have no name for its log source: put the sourcetype of yours in its place",
        ],
  }
}
