// polkit (polkit(8)): actions of .policy files that need no password, rules that say yes without looking at who asks, and .pkla of old.
import { fileOf, lineOf, linesOf, type Reading, type Source } from './source.ts'
import { below, childText, readXmlTree } from '../../base/xml-tree.ts'

const actions = 'actions that anybody may do unasked'
const rules = 'rules that say yes without looking at who asks'

export const polkitPolicy: Source = {
  what: 'polkit actions (.policy)',
  recognises: ({ text }) => /<policyconfig[\s>]/.test(text),
  read(dump) {
    begin(dump)
    const { root, fault } = readXmlTree(dump.text)
    if (fault) dump.note(fault)
    for (const action of below(root)) {
      if (action.name !== 'action') continue
      const defaults = action.children.find((c) => c.name === 'defaults')
      const open = ['allow_any', 'allow_inactive'].filter(
        (name) => defaults && childText(defaults, name) === 'yes',
      )
      if (!open.length) continue
      const said = `${action.attributes.id ?? '?'} (${open.join(', ')})`
      dump.facts.extend('polkit', actions, [said], fileOf(dump))
    }
  },
}

function begin(dump: Reading): void {
  dump.facts.of('linux')
  dump.facts.cover('polkit', dump.name)
  dump.facts.extend('polkit', actions, [], fileOf(dump))
  dump.facts.extend('polkit', rules, [], fileOf(dump))
}

export const polkitRules: Source = {
  what: 'polkit rules (.rules)',
  recognises: ({ text }) => /\bpolkit\.add(Admin)?Rule\s*\(/.test(text),
  read(dump) {
    begin(dump)
    let from = 1
    // Each rule is a function; its text is looked at, not run.
    const texts = dump.text.split(/(?=polkit\.addRule\s*\()/)
    for (const text of texts) {
      const saysYes = /return\s+(polkit\.Result\.YES|["']yes["'])/.test(text)
      const asksWho =
        /subject\s*\.\s*(user|isInGroup|isInNetGroup|local|active|session)/.test(
          text,
        )
      if (text.startsWith('polkit.addRule') && saysYes && !asksWho) {
        const said = `${dump.name}:${from}`
        dump.facts.extend('polkit', rules, [said], lineOf(dump, from))
      }
      from += text.split('\n').length - 1
    }
  },
}

export const polkitPkla: Source = {
  what: 'polkit local authority (.pkla)',
  recognises: ({ text }) =>
    /^[ \t]*Identity\s*=/m.test(text) &&
    /^[ \t]*Result(Any|Inactive|Active)\s*=/m.test(text),
  read(dump) {
    begin(dump)
    let identity = ''
    for (const [line, number] of linesOf(dump.text)) {
      const parts = /^\s*(Identity|ResultAny|ResultInactive)\s*=(.*)/.exec(line)
      const said = parts?.[2]?.trim() ?? ''
      if (parts?.[1] === 'Identity') identity = said
      else if (said === 'yes' && /unix-(user|group):\*/.test(identity)) {
        const place = `${dump.name}:${number}`
        dump.facts.extend('polkit', rules, [place], lineOf(dump, number))
      }
    }
  },
}
