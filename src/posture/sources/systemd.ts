// `systemctl show` (properties of units, a blank line between them), `systemctl is-enabled`, `list-unit-files`, and `systemd-analyze security --json`.
import { jsonOf, rowsOf, textAt } from './json-dumps.ts'
import { fileOf, lineOf, linesOf, type Reading, type Source } from './source.ts'

export const systemctlShow: Source = {
  what: 'systemctl show',
  recognises: ({ text }) =>
    /^(Id|Names|LoadState|Type|UnitFileState|Restart)=/m.test(text) &&
    /^Id=\S+\.\w+\r?$/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    let block: [string, string, number][] = []
    const end = () => {
      readUnit(dump, block)
      block = []
    }
    for (const [line, number] of linesOf(dump.text)) {
      const mark = line.indexOf('=')
      if (line.trim() === '') end()
      else if (mark > 0) {
        block.push([line.slice(0, mark), line.slice(mark + 1), number])
      }
    }
    end()
  },
}

function readUnit(
  dump: Reading,
  block: readonly (readonly [string, string, number])[],
): void {
  const id = block.find(([name]) => name === 'Id')?.[1]
  if (!id) {
    if (block.length) dump.note(`line ${block[0]![2]}: a unit without an Id`)
    return
  }
  dump.facts.cover(`unit\\${id}`, dump.name)
  for (const [name, value, number] of block) {
    const whence = lineOf(dump, number)
    // Modes are octal.
    const told = name === 'SocketMode' ? Number.parseInt(value, 8) : value
    dump.facts.add(`unit\\${id}`, name, told, whence)
    if (name === 'CapabilityBoundingSet') {
      const may = /\bcap_sys_ptrace\b/.test(value)
      dump.facts.add(`unit\\${id}`, 'may ptrace', may, whence)
    }
  }
}

export const unitFiles: Source = {
  what: 'systemctl list-unit-files',
  recognises: ({ text }) => /^UNIT FILE\s+STATE/m.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('unit', dump.name)
    for (const [line, number] of linesOf(dump.text)) {
      const parts = /^(\S+\.\w+)\s+(\w[\w-]*)/.exec(line)
      if (!parts) continue
      const key = `unit\\${parts[1]}`
      dump.facts.add(key, 'UnitFileState', parts[2]!, lineOf(dump, number))
    }
  },
}

const ofCalls = /^SystemCallFilter_debug$/
const ofPtrace = /^CapabilityBoundingSet_CAP_SYS_PTRACE$/

export const systemdAnalyze: Source = {
  what: 'systemd-analyze security --json',
  recognises: (dump) =>
    rowsOf(jsonOf(dump)).some(
      (r) =>
        ('set' in r && 'exposure' in r) || ('unit' in r && 'exposure' in r),
    ),
  read(dump) {
    dump.facts.of('linux')
    const unit = unitOfName(dump.base)
    for (const row of rowsOf(jsonOf(dump))) {
      const named = textAt(row, 'unit')
      if (named) {
        dump.facts.cover('exposure', dump.name)
        dump.facts.add(
          `exposure\\${named}`,
          'score',
          Number(row.exposure),
          fileOf(dump),
        )
      } else {
        const told = textAt(row, 'json_field') ?? textAt(row, 'name') ?? ''
        const name = told.split('=', 1)[0]!
        // It says whether a protection is set; `systemctl show` says the setting itself.
        const value = row.set === true ? 'yes' : 'no'
        const property = ofCalls.test(name)
          ? 'SystemCallFilter'
          : ofPtrace.test(name)
            ? 'may ptrace'
            : name
        const said = property === 'may ptrace' ? row.set !== true : value
        dump.facts.cover(`unit\\${unit}`, dump.name)
        dump.facts.add(`unit\\${unit}`, property, said, fileOf(dump))
      }
    }
  },
}

/** The output for one unit does not name it; the file may. */
function unitOfName(base: string): string {
  return /([\w@.-]+\.service)/.exec(base)?.[1] ?? base.replace(/\.json$/, '')
}
