/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Which system call is it, and what was it given? Numbers differ by architecture, and so do those of 32-bit programs, which the tables of a
   64-bit kernel's tracepoints do not have.
   Sources: arch/x86/entry/syscalls/syscall_{64,32}.tbl, include/uapi/asm-generic/unistd.h, arch/arm64/tools/syscall_32.tbl. */
#pragma once
#include "kernel.h"

enum call {
  NONE, CONNECT, BIND, ACCEPT, ACCEPT4, PTRACE, VM_READ, VM_WRITE, PIDFD_GETFD, MEMFD, SHMGET, SHMAT, MKNOD, MKNODAT, OPEN, OPENAT,
  OPENAT2, SENDMSG, URING_SETUP,
};

struct called { enum call call; u32 is_compat; };

static __always_inline enum call native_call(long nr) {
  switch (nr) {
#if defined(__TARGET_ARCH_x86)
  case 2: return OPEN;
  case 30: return SHMAT;
  case 29: return SHMGET;
  case 42: return CONNECT;
  case 43: return ACCEPT;
  case 46: return SENDMSG;
  case 49: return BIND;
  case 101: return PTRACE;
  case 133: return MKNOD;
  case 257: return OPENAT;
  case 259: return MKNODAT;
  case 288: return ACCEPT4;
  case 310: return VM_READ;
  case 311: return VM_WRITE;
  case 319: return MEMFD;
#else
  case 33: return MKNODAT;
  case 56: return OPENAT;
  case 117: return PTRACE;
  case 194: return SHMGET;
  case 196: return SHMAT;
  case 200: return BIND;
  case 202: return ACCEPT;
  case 203: return CONNECT;
  case 211: return SENDMSG;
  case 242: return ACCEPT4;
  case 270: return VM_READ;
  case 271: return VM_WRITE;
  case 279: return MEMFD;
#endif
  case 425: return URING_SETUP;
  case 437: return OPENAT2;
  case 438: return PIDFD_GETFD;
  default: return NONE;
  }
}

static __always_inline enum call compat_call(long nr) {
  switch (nr) {
  case 5: return OPEN;
  case 14: return MKNOD;
  case 26: return PTRACE;
#if defined(__TARGET_ARCH_x86)
  case 295: return OPENAT;
  case 297: return MKNODAT;
  case 347: return VM_READ;
  case 348: return VM_WRITE;
  case 356: return MEMFD;
  case 361: return BIND;
  case 362: return CONNECT;
  case 364: return ACCEPT4;
  case 370: return SENDMSG;
  case 395: return SHMGET;
  case 397: return SHMAT;
#else
  case 282: return BIND;
  case 283: return CONNECT;
  case 285: return ACCEPT;
  case 296: return SENDMSG;
  case 305: return SHMAT;
  case 307: return SHMGET;
  case 322: return OPENAT;
  case 324: return MKNODAT;
  case 366: return ACCEPT4;
  case 376: return VM_READ;
  case 377: return VM_WRITE;
  case 385: return MEMFD;
#endif
  case 425: return URING_SETUP;
  case 437: return OPENAT2;
  case 438: return PIDFD_GETFD;
  default: return NONE;
  }
}

static __always_inline long number_of(struct pt_regs *regs) {
#if defined(__TARGET_ARCH_x86)
  return BPF_CORE_READ(regs, orig_ax);
#else
  return BPF_CORE_READ(regs, syscallno);
#endif
}

static __always_inline struct called call_of(struct pt_regs *regs, struct task_struct *task) {
  struct called c = {};
  long nr = number_of(regs);
#if defined(__TARGET_ARCH_x86)
  c.is_compat = BPF_CORE_READ(task, thread_info.status) & 2; /* TS_COMPAT */
#else
  c.is_compat = !!(BPF_CORE_READ(task, thread_info.flags) & (1UL << 22)); /* TIF_32BIT */
#endif
  c.call = c.is_compat ? compat_call((int)nr) : native_call(nr);
  return c;
}

/* The first three: no call that is told of needs more. */
struct args { u64 a0, a1, a2; };

static __always_inline struct args args_of(struct pt_regs *regs, u32 is_compat) {
  struct args a;
#if defined(__TARGET_ARCH_x86)
  if (is_compat) {
    a.a0 = (u32)BPF_CORE_READ(regs, bx);
    a.a1 = (u32)BPF_CORE_READ(regs, cx);
    a.a2 = (u32)BPF_CORE_READ(regs, dx);
  } else {
    a.a0 = BPF_CORE_READ(regs, di);
    a.a1 = BPF_CORE_READ(regs, si);
    a.a2 = BPF_CORE_READ(regs, dx);
  }
#else
  a.a0 = BPF_CORE_READ(regs, orig_x0);
  a.a1 = BPF_CORE_READ(regs, regs[1]);
  a.a2 = BPF_CORE_READ(regs, regs[2]);
#endif
  return a;
}
