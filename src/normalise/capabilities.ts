// Capabilities of a process by name, from the mask that the kernel writes or the names that a sensor gives.
// Source: capabilities(7), include/uapi/linux/capability.h.
import type { Value } from '../base/record.ts'

/** In order of their bits. */
const names = `
chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap
linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock
ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin
sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease
audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm
block_suspend audit_read perfmon bpf checkpoint_restore`
  .trim()
  .split(/\s+/)
  .map((name) => `CAP_${name.toUpperCase()}`)

/** `0000000000080000` is CAP_SYS_PTRACE, 0 is `none`; undefined where it is no mask. */
export function capabilitiesOfMask(
  text: string | undefined,
): readonly string[] | undefined {
  if (!text || !/^(?:0x)?[0-9a-f]{1,16}$/i.test(text)) return undefined
  const mask = BigInt(`0x${text.replace(/^0x/i, '')}`)
  const set = names.filter((_, bit) => (mask >> BigInt(bit)) & 1n)
  return set.length ? set : ['none']
}

/** A list, or text in which blanks or commas part them. */
export function capabilitiesOfNames(
  value: Value | undefined,
): readonly string[] | undefined {
  const text = [value ?? ''].flat().join(' ').toUpperCase()
  const set = text.split(/[\s,]+/).filter((name) => names.includes(name))
  return set.length ? set : undefined
}

/** A mask, or names in small letters without `CAP_`, as `ausearch -i` writes it: `sys_ptrace,sys_admin`, `none`, `all`. */
export function capabilitiesOf(
  text: string | undefined,
): readonly string[] | undefined {
  if (text === 'none') return ['none']
  if (text === 'all') return names
  const prefixed = text?.replaceAll(/(^|,)(?=[a-z])/g, '$1CAP_')
  return capabilitiesOfMask(text) ?? capabilitiesOfNames(prefixed)
}
