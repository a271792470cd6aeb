// Which forms of text are read? A new one is a file and a line.
import type { StreamFormat } from '../reader.ts'
import { formatOf } from './block-reader.ts'
import { clixmlForm } from './clixml.ts'
import { formatListForm } from './format-list.ts'
import { journalForm } from './journal.ts'
import { snareForm, structuredForm } from './snare.ts'
import { windowsTextForm } from './windows-text.ts'

export const textBlocks: readonly StreamFormat[] = [
  windowsTextForm,
  formatListForm,
  clixmlForm,
  snareForm,
  structuredForm,
  journalForm,
].map(formatOf)
