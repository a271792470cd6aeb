// How do incidents read? The examples of this project, as people see them at 80 and at 120 columns.
import { existsSync } from 'node:fs'
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

/** Those that hold on recordings of attacks which are beside the project, where somebody has fetched them. */
const toldOfRecordings = [
  '01d358f6-ee4b-42ed-9013-b464f50870ba',
  '03795e19-4de8-4bdd-8cc9-9755855e1fea',
  '0d0c2b0a-6d0e-4d6b-9f2e-6c9c1be9f4a1',
  '11bb50c0-0f4c-40d8-a13d-4a64ade986b5',
  '1b7e4c95-8f2d-4a60-b3c8-6d0e9f5a2b71',
  '1ca9a6f0-8c36-4812-abd6-9bc9298f5e53',
  '287ecbe6-7578-458b-a6cb-d7ef678ea2d1',
  '2bf304c2-c523-4ddf-9e5c-c92809138619',
  '2f1c9a62-5a0e-4c74-9a5e-4f3b8a7f6d90',
  '32a020aa-bbd6-4c38-9df5-46c080852e7e',
  '3a5f0a4e-79ed-4a0e-8d59-0e7b1c5d8a17',
  '3bfffbc7-607f-4c95-b4b1-38b5c91ef740',
  '3d0a1b57-5f0e-4f0b-9d3a-7a6d1f6f0c21',
  '4a8abc99-d3ea-43a3-a109-dc7be132c9e6',
  '4de231b4-851a-48aa-b319-09decc8b27ca',
  '4e34f145-4198-4598-8336-b0c5983fff10',
  '527856f1-6e16-4308-8a03-c0d643ea639d',
  '55fd344c-961e-4f7e-b726-47a7c16ad9e7',
  '5b7f5a0e-2c5c-4f0d-8f0e-0a2b4b2a7a5d',
  '5c2ed3cc-dbd0-4ec4-bf9a-00ffe0cc0a8a',
  '5c2f6a7e-1f5b-4a0b-8f59-3b6f4f0f7b11',
  '5c2f6a7e-1f5b-4a0b-8f59-3b6f4f0f7b12',
  '6347520a-ced7-4669-ab28-0a1f090133aa',
  '67f9f83f-2495-46f6-8622-dcdb2ec0303a',
  '76717daf-99fa-4864-b491-2e5f2c354d35',
  '83e1444f-7946-4d7a-876b-199e2516a0de',
  '88aecbac-9fb1-4583-85bb-ecadaafd4a94',
  '9a5b6a43-0b6c-4d0e-8d9a-51a4f2c7e1b8',
  '9bd8850e-f51d-4f99-87c7-3956f4a31e1c',
  'a3f8b6d1-7e25-4c94-8b0a-5d1c9e7f3a68',
  'a67bde0f-5f5c-46e7-a703-f127caa78b33',
  'b13d28b9-935a-4ec0-93e9-5d47a576c956',
  'b2b039a3-4f1b-48f4-8785-3d558e48d182',
  'b7a5f53a-1464-4603-819b-1d2e45401249',
  'bd9adbaa-b7b6-42c6-878e-231a43c4393d',
  'bf600549-3b8b-4406-b764-db10aa36c4e4',
  'c3c35f4f-380f-4d91-ad90-d2ba2ecbe1dd',
  'c639400e-fcbe-49b1-ae51-0736b77a3444',
  'c7b300dc-405c-4e48-addd-b4520fcca6ba',
  'cb83f42b-b772-489b-89a5-0f2246624b10',
  'd0f260f4-949f-4f5b-8daa-500aa544f08d',
  'd2e15753-7c17-4f6b-ba9f-cfc860444d9c',
  'd6673982-e6e8-4dbd-b988-ee94222f21f3',
  'e5049b18-82ec-4246-89a4-5295dc94bd35',
  'e7e45dad-3bc5-43b2-9225-ea65891ceac5',
  'ee7eb6c3-a0e9-4f69-8406-87b2004e0d08',
  'fb703ed6-442c-4705-a60b-bcb3586e30e4',
  'fb75f65c-15af-4bca-a2b2-195c35d7acf0',
]
const recordings = join('..', 'shared', 'data', 'dev', 'attack')
/** Ten of them, each an incident or more. */
const recorded = [
  'evtx/DE_renamed_psexec_service_sysmon_17_18.evtx',
  'evtx/ID5145-service massive remote creation via named pipe - Tchopper.evtx',
  'evtx/LM_DCOM_MSHTA_LethalHTA_Sysmon_3_1.evtx',
  'evtx/LM_impacket_docmexec_mmc_sysmon_01.evtx',
  'evtx/LM_renamed_psexecsvc_5145.evtx',
  'evtx/Sysmon_UACME_41.evtx',
  'evtx/persist_turla_outlook_backdoor_comhijack.evtx',
  'evtx/privesc_seimpersonate_tosys_spoolsv_sysmon_17_18.evtx',
  'evtx/sysmon_13_1_meterpreter_getsystem_NamedPipeImpersonation.evtx',
  'json/covenant_dcom_registerxll.zip',
].map((name) => join(recordings, ...name.split('/')))

async function incidentsAt(
  width: number,
  paths: readonly string[],
  rules: readonly string[],
): Promise<string> {
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
      paths,
      rules: { paths: [join('content', 'rules')], builtin: false },
      selection: { rules, techniques: [] },
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
      const text = await incidentsAt(width, ['examples'], told)
      for (const line of text.split('\n'))
        expect(line.length).toBeLessThanOrEqual(width)
      await expect(text).toMatchFileSnapshot(
        join('golden', `incidents-${width}.txt`),
      )
    },
  )

  it.skipIf(!existsSync(recordings)).each([80, 120])(
    'of ten recordings say who, to whom, through what, when and with what result at %i columns',
    async (width) => {
      const text = await incidentsAt(width, recorded, toldOfRecordings)
      for (const line of text.split('\n'))
        expect(line.length).toBeLessThanOrEqual(width)
      // Where they lie is no part of what is told, and would break lines elsewhere.
      await expect(
        text.replaceAll(/^ *Look next: .*(?:\n +(?!.*: )\S.*)*$/gm, ''),
      ).toMatchFileSnapshot(join('golden', `recordings-${width}.txt`))
    },
  )
})
