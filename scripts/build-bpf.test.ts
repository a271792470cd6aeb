import { expect, it } from 'vitest'

import { bpfCompiler, staleObjects } from './build-bpf.ts'

const compiler = bpfCompiler()
const isOfDebian12 = compiler?.includes('clang version 14.') ?? false

it.skipIf(!isOfDebian12)(
  `the objects of the kernel side are what their sources give (${compiler ?? 'skipped: no clang or no headers of libbpf'})`,
  () => expect(staleObjects()).toEqual([]),
)
