/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Who reaches whom, as the kernel knows it: at the end of a system call the kernel's own objects say what the call did, so that nobody can
   change the arguments between the call and the look. Raw tracepoints alone: kernels that forbid to trace functions allow them, they need no
   tracefs, and they see the calls of 32-bit programs. */
#include "told.h"
#include <bpf/bpf_endian.h>

#include "calls.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define S_IFMT 0xf000
#define S_IFIFO 0x1000
#define S_IFCHR 0x2000
#define S_IFREG 0x8000
#define S_IFSOCK 0xc000
#define PIPEFS_MAGIC 0x50495045
#define PROC_SUPER_MAGIC 0x9fa0
#define PID_FS_MAGIC 0x50494446
#define FMODE_READ 1
#define FMODE_WRITE 2
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define EINPROGRESS 115

/* An event is put together here: a raw tracepoint is not interrupted by another of its processor. */
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 2); __type(key, u32); __type(value, struct event); } scratch SEC(".maps");

static __always_inline struct event *begin(u32 slot, u16 type, struct task_struct *task) {
  struct event *e = bpf_map_lookup_elem(&scratch, &slot);
  if (e) put_head(e, type, task);
  return e;
}

static __always_inline void end(struct event *e, void *ring) {
  u64 bytes = sizeof e->head + (e->head.text_bytes & (TEXT * 2 - 1)) + (e->head.more_bytes & (MORE * 2 - 1));
  if (bytes > sizeof *e) bytes = sizeof *e;
  count(bpf_ringbuf_output(ring, e, bytes, BPF_RB_NO_WAKEUP));
}

static __always_inline struct file *file_at(struct task_struct *task, int fd) {
  struct fdtable *table = BPF_CORE_READ(task, files, fdt);
  if (fd < 0 || (u32)fd >= BPF_CORE_READ(table, max_fds)) return 0;
  struct file **all = BPF_CORE_READ(table, fd);
  struct file *f = 0;
  bpf_probe_read_kernel(&f, sizeof f, all + fd);
  return f;
}

static __always_inline struct sock *sock_of(struct file *f) {
  if ((BPF_CORE_READ(f, f_inode, i_mode) & S_IFMT) != S_IFSOCK) return 0;
  struct socket *s = BPF_CORE_READ(f, private_data);
  return BPF_CORE_READ(s, sk);
}

static __always_inline u32 kind_of(struct file *f, u64 *inode) {
  if (!f) return CLOSED;
  struct inode *i = BPF_CORE_READ(f, f_inode);
  *inode = BPF_CORE_READ(i, i_ino);
  switch (BPF_CORE_READ(i, i_mode) & S_IFMT) {
  case S_IFIFO: return BPF_CORE_READ(i, i_sb, s_magic) == PIPEFS_MAGIC ? PIPE : FIFO;
  case S_IFSOCK: {
    u16 family = BPF_CORE_READ(sock_of(f), __sk_common.skc_family);
    return family == AF_INET || family == AF_INET6 ? NETWORK_SOCKET : SOCKET;
  }
  case S_IFREG: return REGULAR;
  case S_IFCHR: return CHARACTER;
  default: return OTHER;
  }
}

/* Gives 0 where there is nothing to tell. */
static __noinline int put_socket(struct event *e, struct file *f, u32 call) {
  struct head *h = &e->head;
  struct sock *sk = sock_of(f);
  if (!sk) return 0;
  h->family = BPF_CORE_READ(sk, __sk_common.skc_family);
  h->inode = BPF_CORE_READ(f, f_inode, i_ino);
  if (h->family == AF_UNIX) {
    struct sock *peer = BPF_CORE_READ((struct unix_sock *)sk, peer);
    h->other_pid = pid_number(BPF_CORE_READ(sk, sk_peer_pid));
    const struct cred *c = BPF_CORE_READ(sk, sk_peer_cred);
    if (c) h->other_uid = BPF_CORE_READ(c, euid.val);
    if (peer) h->other_inode = inode_of_sock(peer);
    /* Who connected speaks to the name of the other end; who accepted or bound has it itself. */
    struct sock *named = call == CONNECT || call == SENDMSG ? peer : sk;
    if (named) put_unix_name(e, named);
    return 1;
  }
  if (h->family == AF_INET) {
    u32 v4 = call == BIND ? BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr) : BPF_CORE_READ(sk, __sk_common.skc_daddr);
    __builtin_memcpy(h->address, &v4, 4);
  } else if (h->family == AF_INET6) {
    if (call == BIND) BPF_CORE_READ_INTO(&h->address, sk, __sk_common.skc_v6_rcv_saddr);
    else BPF_CORE_READ_INTO(&h->address, sk, __sk_common.skc_v6_daddr);
  } else return 0;
  h->port = call == BIND ? BPF_CORE_READ(sk, __sk_common.skc_num) : bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
  return 1;
}

/* A FIFO, or the memory of a process opened to write. */
static __noinline int put_opened(struct event *e, struct file *f) {
  struct head *h = &e->head;
  struct inode *i = BPF_CORE_READ(f, f_inode);
  u32 mode = BPF_CORE_READ(f, f_mode);
  u64 magic = BPF_CORE_READ(i, i_sb, s_magic);
  h->access = mode & (FMODE_READ | FMODE_WRITE);
  h->inode = BPF_CORE_READ(i, i_ino);
  h->mode = BPF_CORE_READ(i, i_mode);
  h->owner = BPF_CORE_READ(i, i_uid.val);
  struct dentry *d = BPF_CORE_READ(f, f_path.dentry);
  h->text_bytes = put_path(d, BPF_CORE_READ(f, f_path.mnt), e->text, TEXT) & (TEXT * 2 - 1);
  return magic == PROC_SUPER_MAGIC ? 2 : 1;
}

static __always_inline int is_told_when_opened(struct file *f) {
  struct inode *i = BPF_CORE_READ(f, f_inode);
  u64 magic = BPF_CORE_READ(i, i_sb, s_magic);
  if ((BPF_CORE_READ(i, i_mode) & S_IFMT) == S_IFIFO) return magic != PIPEFS_MAGIC;
  if (magic != PROC_SUPER_MAGIC || !(BPF_CORE_READ(f, f_mode) & FMODE_WRITE)) return 0;
  char name[4] = {};
  bpf_probe_read_kernel(name, 4, BPF_CORE_READ(f, f_path.dentry, d_name.name));
  return name[0] == 'm' && name[1] == 'e' && name[2] == 'm' && name[3] == 0;
}

static __noinline int put_made(struct event *e, struct task_struct *task, u64 path) {
  long n = bpf_probe_read_user_str(e->text, TEXT, (void *)path);
  if (n <= 0) return 0;
  e->head.text_bytes = n & (TEXT * 2 - 1);
  if (e->text[0] == '/') return 1;
  struct fs_struct *fs = BPF_CORE_READ(task, fs);
  put_more(e, BPF_CORE_READ(fs, pwd.dentry), BPF_CORE_READ(fs, pwd.mnt));
  return 1;
}

static __noinline int put_pidfd(struct event *e, struct task_struct *task, int pidfd, int taken) {
  struct head *h = &e->head;
  struct file *f = file_at(task, pidfd);
  if (!f) return 0;
  struct inode *i = BPF_CORE_READ(f, f_inode);
  struct pid *p = BPF_CORE_READ(i, i_sb, s_magic) == PID_FS_MAGIC ? BPF_CORE_READ(i, i_private) : BPF_CORE_READ(f, private_data);
  h->other_pid = pid_number(p);
  h->mode = kind_of(file_at(task, taken), &h->inode);
  return 1;
}

struct user_msghdr64 { u64 name; u64 namelen; u64 iov; u64 iovlen; u64 control; u64 controllen; };
struct user_cmsg64 { u64 len; s32 level; s32 type; s32 fd; s32 pad; };

static __noinline int put_passed(struct event *e, struct task_struct *task, u64 message) {
  struct user_msghdr64 m = {};
  struct user_cmsg64 c = {};
  if (bpf_probe_read_user(&m, sizeof m, (void *)message)) return 0;
  if (m.controllen < 20 || bpf_probe_read_user(&c, 20, (void *)m.control)) return 0;
  if (c.level != 1 || c.type != 1) return 0;
  struct file *f = file_at(task, c.fd);
  e->head.a2 = (c.len - 16) / 4;
  e->head.mode = kind_of(f, &e->head.a1);
  return 1;
}

static __always_inline int is_grave(u32 call) {
  return call != CONNECT && call != BIND && call != ACCEPT && call != ACCEPT4 && call != SENDMSG && call != OPEN;
}

/* ptrace that reaches into a process: POKE*, SETREGS*, ATTACH, SEIZE. */
static __always_inline int reaches(u64 request) {
  return (request >= 4 && request <= 6) || request == 13 || request == 15 || request == 16 || request == 0x4205 || request == 0x4206;
}

static __noinline int tell_call(struct event *e, struct task_struct *task, struct pt_regs *regs, u32 call) {
  struct head *h = &e->head;
  struct args a = args_of(regs, h->is_compat);
  h->a0 = a.a0;
  h->a1 = a.a1;
  h->a2 = a.a2;
  switch (call) {
  case CONNECT:
  case BIND: {
    struct file *f = file_at(task, a.a0);
    return f ? put_socket(e, f, call) : 0;
  }
  case ACCEPT:
  case ACCEPT4: {
    struct file *f = file_at(task, h->ret);
    return f ? put_socket(e, f, ACCEPT) : 0;
  }
  case SENDMSG: {
    if (h->is_compat || !put_passed(e, task, a.a1)) return 0;
    struct file *f = file_at(task, a.a0);
    return f ? put_socket(e, f, SENDMSG) : 0;
  }
  case MEMFD: {
    struct file *f = file_at(task, h->ret);
    return f ? put_opened(e, f) : 0;
  }
  case OPEN: {
    struct file *f = file_at(task, h->ret);
    return f ? put_opened(e, f) : 0;
  }
  case MKNOD: return put_made(e, task, a.a0);
  case MKNODAT: return put_made(e, task, a.a1);
  case PIDFD_GETFD: return put_pidfd(e, task, a.a0, h->ret);
  case PTRACE: h->other_pid = a.a1; return 1;
  case VM_READ:
  case VM_WRITE: h->other_pid = a.a0; return 1;
  default: return 1;
  }
}

/* Most calls end here: nothing but their number is looked at. */
SEC("raw_tp/sys_exit")
int on_sys_exit(struct bpf_raw_tracepoint_args *ctx) {
  struct task_struct *task = (void *)bpf_get_current_task();
  struct pt_regs *regs = (void *)ctx->args[0];
  s64 ret = ctx->args[1];
  struct called c = call_of(regs, task);
  u32 call = c.call;
  if (call == NONE) return 0;
  /* What failed is no deed; a connection on its way is. */
  if ((int)ret < 0 && call != SHMAT && !(call == CONNECT && ret == -EINPROGRESS)) return 0;
  if (call == SHMAT && ret < 0 && ret > -4096) return 0;
  if (call == OPENAT || call == OPENAT2) call = OPEN;
  if (call == OPEN) {
    struct file *f = file_at(task, ret);
    if (!f || !is_told_when_opened(f)) return 0;
  }
  struct args a = args_of(regs, c.is_compat);
  if (call == PTRACE && !reaches(a.a0)) return 0;
  if (call == MKNOD && (a.a1 & S_IFMT) != S_IFIFO) return 0;
  if (call == MKNODAT && (a.a2 & S_IFMT) != S_IFIFO) return 0;
  if (call == SENDMSG) {
    u64 control[2] = {};
    if (bpf_probe_read_user(control, sizeof control, (void *)(a.a1 + 32)) || control[1] < 20) return 0;
  }
  if (!is_wanted(BPF_CORE_READ(task, tgid))) return 0;
  struct event *e = begin(0, CALL, task);
  if (!e) return 0;
  e->head.call = call;
  e->head.is_compat = c.is_compat;
  e->head.ret = ret;
  if (!tell_call(e, task, regs, call)) return 0;
  if (is_grave(call)) end(e, &rare);
  else end(e, &bulk);
  return 0;
}

SEC("raw_tp/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *ctx) {
  struct task_struct *task = (void *)ctx->args[0];
  struct linux_binprm *program = (void *)ctx->args[2];
  if (!is_wanted(BPF_CORE_READ(task, tgid))) return 0;
  struct event *e = begin(1, EXEC, task);
  if (!e) return 0;
  struct head *h = &e->head;
  struct file *f = BPF_CORE_READ(program, file);
  struct inode *i = BPF_CORE_READ(f, f_inode);
  h->inode = BPF_CORE_READ(i, i_ino);
  h->owner = BPF_CORE_READ(i, i_uid.val);
  h->mode = BPF_CORE_READ(i, i_nlink);
  struct dentry *d = BPF_CORE_READ(f, f_path.dentry);
  h->text_bytes = put_path(d, BPF_CORE_READ(f, f_path.mnt), e->text, TEXT) & (TEXT * 2 - 1);
  u64 from = BPF_CORE_READ(task, mm, arg_start);
  u64 bytes = BPF_CORE_READ(task, mm, arg_end) - from;
  if (bytes > MORE) bytes = MORE;
  u32 at = h->text_bytes;
  if (at <= TEXT && bytes && !bpf_probe_read_user(e->text + at, bytes, (void *)from)) h->more_bytes = bytes;
  for (int fd = 0; fd < 3; fd++) h->streams[fd].kind = kind_of(file_at(task, fd), &h->streams[fd].inode);
  end(e, &rare);
  return 0;
}

/* Threads end as well: only the last of a process is told of. */
SEC("raw_tp/sched_process_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx) {
  struct task_struct *task = (void *)ctx->args[0];
  if (BPF_CORE_READ(task, signal, live.counter) != 0) return 0;
  u32 pid = BPF_CORE_READ(task, tgid);
  if (!is_wanted(pid)) return 0;
  bpf_map_delete_elem(&tree, &pid);
  struct event *e = begin(1, EXIT, task);
  if (e) end(e, &bulk);
  return 0;
}

SEC("raw_tp/sched_process_fork")
int on_fork(struct bpf_raw_tracepoint_args *ctx) {
  struct task_struct *parent = (void *)ctx->args[0], *child = (void *)ctx->args[1];
  u32 pid = BPF_CORE_READ(child, tgid);
  if (pid != BPF_CORE_READ(child, pid) || !is_wanted(BPF_CORE_READ(parent, tgid))) return 0;
  u8 one = 1;
  u32 zero = 0;
  struct config *c = bpf_map_lookup_elem(&config, &zero);
  if (c && c->is_tree) bpf_map_update_elem(&tree, &pid, &one, BPF_ANY);
  struct event *e = begin(1, FORK, parent);
  if (!e) return 0;
  e->head.other_pid = pid;
  e->head.other_start = BPF_CORE_READ(child, start_boottime);
  end(e, &bulk);
  return 0;
}

/* What is asked for through io_uring is no system call. */
SEC("raw_tp/io_uring_submit_req")
int on_uring(struct bpf_raw_tracepoint_args *ctx) {
  struct io_kiocb *request = (void *)ctx->args[0];
  u32 operation = BPF_CORE_READ(request, opcode);
  if (operation != 16) return 0; /* IORING_OP_CONNECT */
  struct task_struct *task = (void *)bpf_get_current_task();
  if (!is_wanted(BPF_CORE_READ(task, tgid))) return 0;
  struct event *e = begin(1, URING_REQUEST, task);
  if (!e) return 0;
  e->head.a0 = operation;
  end(e, &rare);
  return 0;
}
