// `npx tsx test/scripts/beside/main.ts [language] [expressions] [seed]`: what folding says of harmless expressions, beside what the real
// interpreters say. Fails where folding says something else.
import { compared, isThere, shown } from './compare.ts'
import { interpreters } from './interpreters.ts'

const [only = 'all', wanted = '1000', seed = '1'] = process.argv.slice(2)
let isRight = true
for (const [name, language] of Object.entries(interpreters)) {
  if (only !== 'all' && only !== name) continue
  if (!isThere(language)) {
    console.log(`${name}: ${language.interpreter[0]} is not here`)
    continue
  }
  const { cases, known, failing, differences } = compared(
    language,
    Number(wanted),
    Number(seed),
  )
  if (differences.length) isRight = false
  console.log(
    `${name}: ${cases} expressions, ${known} known, ${failing} of them fail, ${differences.length} differ`,
  )
  if (only !== 'all')
    for (const { expression, right, told } of differences)
      console.log(`  ${expression}\n    ${shown(right)}  not  ${shown(told)}`)
}
process.exitCode = isRight ? 0 : 1
