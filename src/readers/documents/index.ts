// The formats of documents: a line each.
import type { Format } from '../reader.ts'
import { ooxml } from './ooxml/index.ts'

export const documents: readonly Format[] = [ooxml]
