// Makes sure that tests find the validators that other projects publish for Python: pySigma, the schemas of STIX and OCSF, a reader of hives. They come from
// PyPI into an environment of their own below node_modules; where that cannot be, those tests say that they were skipped.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { environment, pythonWith } from '../test/tools/python.ts'

const packages = [
  'pysigma==2.0.1',
  'stix2-validator==3.3.2',
  'ocsf-json-schema==1.2.0',
  'jsonschema==4.26.0',
  'python-registry==1.3.1',
]

const all = [
  'sigma',
  'stix2validator',
  'ocsf_json_schema',
  'jsonschema',
  'Registry',
]

function make(): void {
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] as const }
  execFileSync('python3', ['-m', 'venv', environment], {
    stdio: [...quiet.stdio],
  })
  execFileSync(
    join(environment, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--no-input', ...packages],
    { stdio: [...quiet.stdio] },
  )
}

if (!pythonWith(...all)) {
  try {
    make()
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    console.log(
      `python: validators could not be installed (${why}): tests that ask them will be skipped`,
    )
  }
}
const found = pythonWith(...all)
if (found) console.log(`python: ${found}`)
