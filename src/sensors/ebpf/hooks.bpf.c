/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What no system call of the first object tells: connections and reaches into processes that io_uring, its threads, or the one call that
   32-bit programs make for all of their sockets bring about. The hooks of the kernel's security modules see them all, each when it is
   allowed. Kernels that forbid to trace functions refuse this object: the first goes on alone. */
#include "told.h"

#include "calls.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define PF_IO_WORKER 0x10
#define PTRACE_MODE_ATTACH 2
#define IO_URING_ENTER 426
#define AF_UNIX 1

struct during { enum call call; u32 is_uring; u32 is_compat; };

static __always_inline struct during during_of(struct task_struct *task) {
  struct pt_regs *regs = (void *)bpf_task_pt_regs((void *)task);
  struct called c = call_of(regs, task);
  u32 is_uring = !!(BPF_CORE_READ(task, flags) & PF_IO_WORKER) || number_of(regs) == IO_URING_ENTER;
  struct during d = { c.call, is_uring, c.is_compat };
  return d;
}

static __always_inline struct event *reserve(struct task_struct *task, struct during d) {
  struct event *e = bpf_ringbuf_reserve(&rare, sizeof *e, 0);
  count(!e);
  if (!e) return 0;
  put_head(e, HOOK, task);
  e->head.is_compat = d.is_compat;
  e->head.a0 = d.is_uring;
  return e;
}

/* int security_unix_stream_connect(struct sock *sock, struct sock *other, struct sock *newsk) */
SEC("fexit/security_unix_stream_connect")
int on_unix_connect(u64 *ctx) {
  struct sock *sock = (void *)ctx[0], *other = (void *)ctx[1];
  struct task_struct *task = (void *)bpf_get_current_task_btf();
  if ((int)ctx[3] != 0 || !is_wanted(BPF_CORE_READ(task, tgid))) return 0;
  struct during d = during_of(task);
  if (d.call == CONNECT) return 0;
  struct event *e = reserve(task, d);
  if (!e) return 0;
  struct head *h = &e->head;
  h->call = CONNECT;
  h->family = AF_UNIX;
  h->inode = inode_of_sock(sock);
  /* Who listens: the connection is not accepted yet. */
  h->other_pid = pid_number(BPF_CORE_READ(other, sk_peer_pid));
  const struct cred *c = BPF_CORE_READ(other, sk_peer_cred);
  if (c) h->other_uid = BPF_CORE_READ(c, euid.val);
  put_unix_name(e, other);
  bpf_ringbuf_submit(e, BPF_RB_NO_WAKEUP);
  return 0;
}

static __always_inline int is_told_of_memory(enum call call) {
  return call == PTRACE || call == VM_READ || call == VM_WRITE || call == PIDFD_GETFD || call == OPEN || call == OPENAT || call == OPENAT2;
}

/* int security_ptrace_access_check(struct task_struct *child, unsigned int mode) */
SEC("fexit/security_ptrace_access_check")
int on_access(u64 *ctx) {
  struct task_struct *child = (void *)ctx[0], *task = (void *)bpf_get_current_task_btf();
  if ((int)ctx[2] != 0 || !(ctx[1] & PTRACE_MODE_ATTACH) || !is_wanted(BPF_CORE_READ(task, tgid))) return 0;
  struct during d = during_of(task);
  if (is_told_of_memory(d.call)) return 0;
  struct event *e = reserve(task, d);
  if (!e) return 0;
  e->head.call = PTRACE;
  e->head.other_pid = BPF_CORE_READ(child, tgid);
  bpf_ringbuf_submit(e, BPF_RB_NO_WAKEUP);
  return 0;
}
