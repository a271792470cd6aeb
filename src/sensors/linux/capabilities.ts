// Which capabilities does this process have? Source: capabilities(7), include/uapi/linux/capability.h.
import { readFileSync } from 'node:fs'

const bits = {
  dac_read_search: 2,
  net_admin: 12,
  sys_ptrace: 19,
  sys_admin: 21,
  audit_control: 30,
  audit_read: 37,
  perfmon: 38,
  bpf: 39,
} as const

export type Capability = keyof typeof bits

export function has(...asked: readonly Capability[]): boolean {
  const mask = effective()
  return asked.every((c) => (mask >> BigInt(bits[c])) & 1n)
}

/** `CAP_BPF and CAP_PERFMON`: those of them that this process lacks; undefined: none. */
export function missing(asked: readonly Capability[]): string | undefined {
  const lacking = asked.filter((c) => !has(c))
  return lacking.length
    ? lacking.map((c) => `CAP_${c.toUpperCase()}`).join(' and ')
    : undefined
}

function effective(): bigint {
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    const [, hex] = /^CapEff:\s+([\da-f]+)/m.exec(status) ?? []
    return BigInt(`0x${hex ?? '0'}`)
  } catch {
    return 0n
  }
}
