// Makes sure that the tests of sensors find what they need on Linux: a compiler for the kernel's side, libbpf, and the tools of auditing.
import { spawnSync } from 'node:child_process'

import { install } from './debian-packages.ts'

/** By a program or a library that is there only with it. */
const needed: Readonly<Record<string, string>> = {
  clang: 'command -v clang',
  llvm: 'command -v llvm-strip',
  'libbpf-dev': 'test -e /usr/include/bpf/bpf_helpers.h',
  libbpf1: 'ldconfig -p | grep -q "libbpf\\.so\\.1 "',
  auditd: 'command -v auditctl',
  gcc: 'command -v gcc',
  dbus: 'command -v dbus-daemon',
}

if (process.platform === 'linux') {
  const missing = Object.entries(needed)
    .filter(([, check]) => spawnSync('sh', ['-c', check]).status !== 0)
    .map(([name]) => name)
  if (missing.length)
    install(missing.join(', '), missing, 'tests of sensors that need them')
  else console.log('sensors: what their tests need is there')
}
