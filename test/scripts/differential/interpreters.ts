// The languages that are compared.
import type { Interpreted } from './compare.ts'
import { python } from './python.ts'

export const interpreters: Readonly<Record<string, Interpreted>> = { python }
