// The journal's entries as `journalctl -o export` and `-o verbose` write them: a field a line.
// Source: systemd, "Journal Export Formats"; journalctl(1).
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const journalForm: TextForm = {
  name: 'journal',
  looksLike: (text) =>
    /^(?:__CURSOR|__REALTIME_TIMESTAMP|_BOOT_ID)=.*\n_{0,2}[A-Z][A-Z0-9_]{0,63}=/.test(
      text,
    ) ||
    (verboseHead.test(text) && /^ {4}_?[A-Z][A-Z_]*=/m.test(text)),
  begins: (line) => line === '' || verboseHead.test(line),
  object,
}

const verboseHead =
  /^(?:[A-Z][a-z]{2} )?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) (\w{1,5}|[+-]\d\d(?::?\d\d)?) \[[a-z]=/m

function object(lines: readonly string[]): JsonObject | undefined {
  const fields: { [name: string]: string } = {}
  const head = verboseHead.exec(lines[0]!)
  if (head) fields.timestamp = `${head[1]} ${head[2]}`
  for (const line of lines) {
    const pair = /^ {0,4}(_{0,2}[A-Z][A-Z0-9_]{0,63})=(.*)$/.exec(line)
    if (pair && !Object.hasOwn(fields, pair[1]!)) fields[pair[1]!] = pair[2]!
  }
  return fields.MESSAGE === undefined ? undefined : fields
}
