/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What both objects need to tell of something: where it goes, whether it is wanted, who did it, what a path or a socket is called. The second
   object is given the maps of the first. */
#pragma once
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "event.h"

#define DEPTH 24
#define NAME 128

/* The rare and grave has a ring of its own, which floods of connections cannot fill. */
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 2 << 20); } rare SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 16 << 20); } bulk SEC(".maps");
/* By type: seen, dropped. */
struct counts { u64 seen, dropped; };
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct counts); } counts SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct config); } config SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 65536); __type(key, u32); __type(value, u8); } tree SEC(".maps");

static __always_inline int is_wanted(u32 pid) {
  u32 zero = 0;
  struct config *c = bpf_map_lookup_elem(&config, &zero);
  if (!c || pid == c->own_pid) return 0;
  if (c->is_tree && !bpf_map_lookup_elem(&tree, &pid)) return 0;
  if (c->cgroup && bpf_get_current_ancestor_cgroup_id(c->level) != c->cgroup) return 0;
  return 1;
}

static __always_inline void put_head(struct event *e, u16 type, struct task_struct *task) {
  struct head *h = &e->head;
  __builtin_memset(h, 0, sizeof *h);
  h->type = type;
  h->time = bpf_ktime_get_ns();
  h->pid = BPF_CORE_READ(task, tgid);
  h->tid = BPF_CORE_READ(task, pid);
  h->ppid = BPF_CORE_READ(task, real_parent, tgid);
  h->start = BPF_CORE_READ(task, group_leader, start_boottime);
  h->uid = BPF_CORE_READ(task, cred, uid.val);
  h->euid = BPF_CORE_READ(task, cred, euid.val);
  h->login = bpf_core_field_exists(task->loginuid) ? BPF_CORE_READ(task, loginuid.val) : -1;
  h->cgroup = bpf_get_current_cgroup_id();
  BPF_CORE_READ_INTO(&h->comm, task, comm);
  h->owner = -1;
  h->other_uid = -1;
}

static __always_inline void count(long lost) {
  u32 zero = 0;
  struct counts *c = bpf_map_lookup_elem(&counts, &zero);
  if (!c) return;
  c->seen++;
  if (lost) c->dropped++;
}

/* Names from the leaf to the root, each with its NUL; gives how many bytes. A file without a folder has its name alone. */
static __noinline u32 put_path(struct dentry *d, struct vfsmount *m, char *out, u32 room) {
  u32 at = 0;
  for (int i = 0; i < DEPTH; i++) {
    if (d == BPF_CORE_READ(m, mnt_root)) {
      struct mount *mnt = (void *)m - bpf_core_field_offset(struct mount, mnt);
      struct mount *parent = BPF_CORE_READ(mnt, mnt_parent);
      if (parent == mnt) break;
      d = BPF_CORE_READ(mnt, mnt_mountpoint);
      m = (void *)parent + bpf_core_field_offset(struct mount, mnt);
      continue;
    }
    struct dentry *up = BPF_CORE_READ(d, d_parent);
    if (d == up && i > 0) break;
    if (at > TEXT - NAME) break;
    long n = bpf_probe_read_kernel_str(out + at, NAME, BPF_CORE_READ(d, d_name.name));
    if (n <= 0) break;
    at += n & (NAME * 2 - 1);
    if (d == up) break;
    d = up;
  }
  return at;
}

/* Behind the text. */
static __noinline void put_more(struct event *e, struct dentry *d, struct vfsmount *m) {
  u32 at = e->head.text_bytes;
  if (at > TEXT) return;
  e->head.more_bytes = put_path(d, m, e->text + at, MORE) & (MORE * 2 - 1);
}

static __always_inline u64 inode_of_sock(struct sock *sk) {
  struct socket *s = BPF_CORE_READ(sk, sk_socket);
  if (!s) return 0;
  struct socket_alloc *a = (void *)s - bpf_core_field_offset(struct socket_alloc, socket);
  return BPF_CORE_READ(a, vfs_inode.i_ino);
}

static __always_inline u32 pid_number(struct pid *p) {
  return p ? BPF_CORE_READ(p, numbers[0].nr) : 0;
}

/* The name that the socket was bound to; where that is relative, its place as well. */
static __noinline int put_unix_name(struct event *e, struct sock *named) {
  struct unix_sock *u = (void *)named;
  struct unix_address *a = BPF_CORE_READ(u, addr);
  if (!a) return 0;
  int len = BPF_CORE_READ(a, len) - 2;
  if (len <= 0 || len > 108) return 0;
  /* struct sockaddr_un follows the head of the address: its family, then its path. */
  struct sockaddr_un_name { u16 family; char path[108]; };
  u32 offset = bpf_core_type_size(struct unix_address);
  bpf_probe_read_kernel(e->text, 108, (void *)a + offset + 2);
  e->head.text_bytes = len & 127;
  struct dentry *d = BPF_CORE_READ(u, path.dentry);
  if (!d) return 0;
  e->head.owner = BPF_CORE_READ(d, d_inode, i_uid.val);
  if (e->text[0] != '/' && e->text[0] != 0) put_more(e, d, BPF_CORE_READ(u, path.mnt));
  return 0;
}
