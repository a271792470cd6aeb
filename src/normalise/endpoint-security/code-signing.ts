// What does a process's code signature allow? The flags of XNU's osfmk/kern/cs_blobs.h in words.

const flags: readonly (readonly [bit: number, name: string])[] = [
  [0x1, 'CS_VALID'],
  [0x2, 'CS_ADHOC'],
  [0x4, 'CS_GET_TASK_ALLOW'],
  [0x8, 'CS_INSTALLER'],
  [0x10, 'CS_FORCED_LV'],
  [0x20, 'CS_INVALID_ALLOWED'],
  [0x100, 'CS_HARD'],
  [0x200, 'CS_KILL'],
  [0x400, 'CS_CHECK_EXPIRATION'],
  [0x800, 'CS_RESTRICT'],
  [0x1000, 'CS_ENFORCEMENT'],
  [0x2000, 'CS_REQUIRE_LV'],
  [0x4000, 'CS_ENTITLEMENTS_VALIDATED'],
  [0x8000, 'CS_NVRAM_UNRESTRICTED'],
  [0x10000, 'CS_RUNTIME'],
  [0x20000, 'CS_LINKER_SIGNED'],
  [0x100000, 'CS_EXEC_SET_HARD'],
  [0x200000, 'CS_EXEC_SET_KILL'],
  [0x400000, 'CS_EXEC_SET_ENFORCEMENT'],
  [0x800000, 'CS_EXEC_INHERIT_SIP'],
  [0x1000000, 'CS_KILLED'],
  [0x2000000, 'CS_NO_UNTRUSTED_HELPERS'],
  [0x4000000, 'CS_PLATFORM_BINARY'],
  [0x8000000, 'CS_PLATFORM_PATH'],
  [0x10000000, 'CS_DEBUGGED'],
  [0x20000000, 'CS_SIGNED'],
  [0x40000000, 'CS_DEV_CODE'],
  [0x80000000, 'CS_DATAVAULT_CONTROLLER'],
]

/** Flags without a name are left out. An unsigned program has none. */
export function codeSigningFlags(value: number): readonly string[] {
  return flags
    .filter(([bit]) => Math.floor(value / bit) % 2 === 1)
    .map(([, name]) => name)
}
