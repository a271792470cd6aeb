/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Of the kernel's types only the members that are read; where they lie is worked out when the object is loaded, by the types that the
   running kernel says it has (CO-RE). So no header of a kernel is needed, and one object serves all. */
#pragma once
#include <linux/bpf.h>
#include <linux/types.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

#define KERNEL __attribute__((preserve_access_index))

struct upid { int nr; } KERNEL;
struct pid { unsigned int level; struct upid numbers[1]; } KERNEL;
typedef struct { u32 val; } kuid_t;
struct cred { kuid_t uid; kuid_t euid; } KERNEL;

struct qstr { const unsigned char *name; } KERNEL;
struct super_block { unsigned long s_magic; u32 s_dev; } KERNEL;
struct inode {
  u16 i_mode;
  kuid_t i_uid;
  unsigned long i_ino;
  const unsigned int i_nlink;
  struct super_block *i_sb;
  void *i_private;
} KERNEL;
struct dentry { struct dentry *d_parent; struct qstr d_name; struct inode *d_inode; } KERNEL;
struct vfsmount { struct dentry *mnt_root; } KERNEL;
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; } KERNEL;
struct path { struct vfsmount *mnt; struct dentry *dentry; } KERNEL;
struct file {
  struct path f_path;
  struct inode *f_inode;
  unsigned int f_mode;
  void *private_data;
} KERNEL;
struct fdtable { unsigned int max_fds; struct file **fd; } KERNEL;
struct files_struct { struct fdtable *fdt; } KERNEL;
struct fs_struct { struct path pwd; } KERNEL;
struct mm_struct { unsigned long arg_start; unsigned long arg_end; } KERNEL;
typedef struct { int counter; } atomic_t;
struct signal_struct { atomic_t live; } KERNEL;
struct thread_info { u32 status; unsigned long flags; } KERNEL;
struct task_struct {
  struct thread_info thread_info;
  unsigned int flags;
  int pid;
  int tgid;
  u64 start_boottime;
  struct task_struct *real_parent;
  struct task_struct *group_leader;
  struct files_struct *files;
  struct fs_struct *fs;
  struct mm_struct *mm;
  struct signal_struct *signal;
  const struct cred *cred;
  kuid_t loginuid;
  char comm[16];
} KERNEL;
struct linux_binprm { struct file *file; } KERNEL;

struct in6_addr { u8 bytes[16]; };
struct sock_common {
  u16 skc_family;
  u16 skc_num;
  u16 skc_dport;
  u32 skc_daddr;
  u32 skc_rcv_saddr;
  struct in6_addr skc_v6_daddr;
  struct in6_addr skc_v6_rcv_saddr;
} KERNEL;
struct socket;
struct sock {
  struct sock_common __sk_common;
  struct socket *sk_socket;
  struct pid *sk_peer_pid;
  const struct cred *sk_peer_cred;
} KERNEL;
struct socket { struct sock *sk; } KERNEL;
struct socket_alloc { struct socket socket; struct inode vfs_inode; } KERNEL;
struct unix_address { int len; } KERNEL;
struct unix_sock { struct unix_address *addr; struct path path; struct sock *peer; } KERNEL;
struct io_kiocb { u8 opcode; } KERNEL;

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
  unsigned long bx, cx, dx, si, di, bp, r10, orig_ax;
} KERNEL;
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs { u64 regs[31]; u64 orig_x0; s32 syscallno; } KERNEL;
#else
#error "an architecture whose system calls are not known here"
#endif
