#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>

/* The atomic renames of the two systems, under one name each. Both return 0, or -1 with errno set. */

#if defined(__linux__)

#include <sys/syscall.h>
#include <unistd.h>

static inline int agentmesh_rename_exchange(int first, const char *a, int second, const char *b) {
  return (int)syscall(SYS_renameat2, first, a, second, b, 2u /* RENAME_EXCHANGE */);
}
static inline int agentmesh_rename_new(int first, const char *a, int second, const char *b) {
  return (int)syscall(SYS_renameat2, first, a, second, b, 1u /* RENAME_NOREPLACE */);
}

#else

static inline int agentmesh_rename_exchange(int first, const char *a, int second, const char *b) {
  return renameatx_np(first, a, second, b, RENAME_SWAP);
}
static inline int agentmesh_rename_new(int first, const char *a, int second, const char *b) {
  return renameatx_np(first, a, second, b, RENAME_EXCL);
}

#endif
