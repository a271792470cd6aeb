/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What is told: one head for all kinds, then text. `decode.ts` reads it. */
#pragma once
#include "kernel.h"

enum type { EXEC = 1, EXIT, FORK, CALL, URING_REQUEST, HOOK };

/* What stands behind a descriptor. */
enum kind { CLOSED, PIPE, FIFO, SOCKET, NETWORK_SOCKET, REGULAR, CHARACTER, OTHER };

struct stream { u64 inode; u32 kind; u32 pad; };

struct head {
  u64 time;  /* nanoseconds of the monotonic clock */
  u64 start; /* of the process, nanoseconds since boot */
  u64 cgroup;
  s64 ret;
  u64 a0, a1, a2;
  u64 inode, other_inode;
  u64 other_start;
  u32 pid, tid, ppid;
  u32 uid, euid, login;
  u32 other_pid, other_uid;
  u32 owner, mode;
  u16 type, call, is_compat, family;
  u16 port, access;
  u16 text_bytes, more_bytes; /* text, and then more of it */
  char comm[16];
  u8 address[16];
  struct stream streams[3]; /* of an exec */
};

#define TEXT 1024
#define MORE 1024
#define SLACK 256

struct event {
  struct head head;
  char text[TEXT + MORE + SLACK];
};

struct config {
  u64 cgroup;    /* only below it; 0: whatever it is */
  u32 level;     /* of it */
  u32 is_tree;   /* only processes of the map `tree` */
  u32 own_pid;   /* not told of */
  u32 pad;
};
