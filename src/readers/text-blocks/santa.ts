// Santa's log of macOS, a decision a line: `action=EXEC|decision=ALLOW|…|path=…|args=…`.
// Source: Santa documentation, "Logs".
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const santaForm: TextForm = {
  name: 'santa',
  looksLike: (text) => /\bsantad?: action=[A-Z_]+\|/.test(text),
  begins: () => true,
  object: ([line]) => santa(line!),
}

const categories: Readonly<Record<string, string>> = {
  EXEC: 'process_creation',
  WRITE: 'file_change',
  RENAME: 'file_rename',
  DELETE: 'file_delete',
}

function santa(line: string): JsonObject | undefined {
  const at = line.indexOf('action=')
  if (at < 0) return undefined
  const own: { [name: string]: string } = {}
  for (const part of line.slice(at).split('|')) {
    const cut = part.indexOf('=')
    const name = part.slice(0, cut)
    if (cut > 0 && !Object.hasOwn(own, name)) own[name] = part.slice(cut + 1)
  }
  const category = categories[own.action ?? '']
  const [, time] = /^\[([^\]]{10,40})\]/.exec(line) ?? []
  const isStart = own.action === 'EXEC'
  return {
    product: 'macos',
    ...(category && { category }),
    ...(time && { timestamp: time }),
    ...(isStart
      ? { Image: own.path, CommandLine: own.args ?? own.path }
      : { Image: own.processpath ?? own.process, TargetFilename: own.path }),
    ...(own.pid && { ProcessId: Number(own.pid) }),
    ...(own.ppid && { ParentProcessId: Number(own.ppid) }),
    ...(own.user && { User: own.user }),
    ...own,
  }
}
