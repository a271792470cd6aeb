// How do incidents read? The examples of this project, as people see them at 80 and at 120 columns.
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { scan } from '../src/app/scan/scan.ts'
import { FindingTable } from '../src/findings/sinks/table.ts'

/** Rules come and go: how their findings read does not depend on it. */
const told = [
  '11bb50c0-0f4c-40d8-a13d-4a64ade986b5',
  '1d70d539-d0c7-46db-a2c8-e8d72f385cc5',
  '1e6cb658-e20e-40f0-a044-08f51409d079',
  '2bf304c2-c523-4ddf-9e5c-c92809138619',
  '3bfffbc7-607f-4c95-b4b1-38b5c91ef740',
  '484eee69-da01-4f38-8ef4-414e6d686b3a',
  '4a8abc99-d3ea-43a3-a109-dc7be132c9e6',
  '4de231b4-851a-48aa-b319-09decc8b27ca',
  '527856f1-6e16-4308-8a03-c0d643ea639d',
  '5b7f5a0e-2c5c-4f0d-8f0e-0a2b4b2a7a5d',
  '5c2ed3cc-dbd0-4ec4-bf9a-00ffe0cc0a8a',
  '5c2f6a7e-1f5b-4a0b-8f59-3b6f4f0f7b12',
  '6347520a-ced7-4669-ab28-0a1f090133aa',
  '76717daf-99fa-4864-b491-2e5f2c354d35',
  '76d6f845-e35e-4494-acd8-5850e5952b11',
  '83505561-e38e-4eae-85a8-6846a2722b95',
  '83e1444f-7946-4d7a-876b-199e2516a0de',
  '88aecbac-9fb1-4583-85bb-ecadaafd4a94',
  '9bd8850e-f51d-4f99-87c7-3956f4a31e1c',
  'a08fdcd1-e537-44f1-94a9-c6334f36c8aa',
  'a1a1833d-52e8-472a-be61-e7a19a84c880',
  'a57c005a-6328-47b2-ab58-09a50db09e0d',
  'a7e45d18-1eba-4b66-9904-917176f50ab7',
  'b296db99-e191-4a00-ab5d-99faa85d584f',
  'b2b039a3-4f1b-48f4-8785-3d558e48d182',
  'b934598c-89b7-4616-bdd4-843585dbabff',
  'bf600549-3b8b-4406-b764-db10aa36c4e4',
  'c4983821-1fc0-4f9e-a7b0-f49e1c8a0848',
  'd309b1bf-28d0-4d53-8611-69b45b2bbd12',
  'd6673982-e6e8-4dbd-b988-ee94222f21f3',
  'e04b2aac-a2c9-4943-a185-ff13366eebec',
  'fac4e4b5-a0ea-40d6-a425-20b0e8d8ac4f',
  'fb75f65c-15af-4bca-a2b2-195c35d7acf0',
  'fcc96e6c-b1c5-402a-b82c-4de34dcfa465',
]

async function incidentsAt(width: number): Promise<string> {
  let text = ''
  const table = new FindingTable({
    write(part) {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width,
    examples: 0,
  })
  const fail = (message: string) => expect.unreachable(message)
  await scan(
    {
      paths: ['examples'],
      rules: { paths: [join('content', 'rules')], builtin: false },
      selection: { rules: told, techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
    },
    {
      finding: (finding) => table.finding(finding),
      diagnostic: (d) => fail(d.message),
      problem: () => {},
      progress: () => {},
    },
    new AbortController().signal,
  )
  table.end()
  return text.slice(0, text.indexOf('\nBy rule\n'))
}

describe('incidents', () => {
  it.each([80, 120])(
    'of the examples read well at %i columns',
    async (width) => {
      const text = await incidentsAt(width)
      for (const line of text.split('\n'))
        expect(line.length).toBeLessThanOrEqual(width)
      await expect(text).toMatchFileSnapshot(
        join('golden', `incidents-${width}.txt`),
      )
    },
  )
})
