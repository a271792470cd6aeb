// The languages that are compared.
import type { Interpreted } from './compare.ts'
import { bash } from './bash.ts'
import { lua } from './lua.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'

export const interpreters: Readonly<Record<string, Interpreted>> = {
  python,
  perl,
  php,
  ruby,
  bash,
  lua,
}
