// Requests of ptrace that reach into a process, by number.
// Source: include/uapi/linux/ptrace.h, arch/x86/include/uapi/asm/ptrace-abi.h.
export const ptraceRequests: Readonly<Record<number, string>> = {
  4: 'PTRACE_POKETEXT',
  5: 'PTRACE_POKEDATA',
  6: 'PTRACE_POKEUSR',
  13: 'PTRACE_SETREGS',
  15: 'PTRACE_SETFPREGS',
  16: 'PTRACE_ATTACH',
  16901: 'PTRACE_SETREGSET',
  16902: 'PTRACE_SEIZE',
}
