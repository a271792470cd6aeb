// Is it a script, and what does it do? Told by its first line, its name or its syntax; read as a whole.
import { baseName } from '../../base/base-name.ts'

import { FlatRecord } from '../flat/flat-record.ts'
import type { ReaderOptions, WholeFormat } from '../reader.ts'
import { compiledScript, scriptLikeness } from './recognise.ts'

/** Larger ones are data with a script's name. */
const maxBytes = 16 * 1024 * 1024

export const script: WholeFormat = {
  name: 'script',
  read: 'whole',
  maxBytes,
  detect: scriptLikeness,
  take,
}

async function take(bytes: Buffer, options: ReaderOptions): Promise<void> {
  const { sink, file = '' } = options
  if (compiledScript(bytes)) {
    sink.damaged({
      what: 'compiled AppleScript',
      offset: options.start ?? 0,
      message: 'its source is not in it; what it does is not told',
    })
    return
  }
  // The code that reads scripts is large, and most input has none.
  const { readScript } = await import('../../scripts/index.ts')
  const { hashOf, recordsOf } = await import('./actions.ts')
  const reading = readScript(bytes, { name: file })
  if (!reading) return
  sink.shapeSeen(`${reading.language} script`)
  const about = {
    // Its folder is no part of what it is: ids must not change when it is moved.
    path: baseName(file),
    hash: hashOf(bytes),
    origin: 'file',
  }
  const record = new FlatRecord()
  let number = 0
  for (const one of recordsOf(reading, about)) {
    number++
    if (options.gate && !options.gate.wants(one.provenance)) {
      sink.skipped(1)
      continue
    }
    const offset = (options.start ?? 0) + one.offset
    sink.record(record.showFields(one.fields, one.provenance, number, offset))
  }
  for (const [i, bytes] of reading.files.entries())
    await options.inside?.(`carried ${i + 1}`, bytes)
  for (const limit of reading.limits) {
    sink.damaged({
      what: 'script',
      offset: options.start ?? 0,
      message: limit,
      isBound: true,
    })
  }
}
