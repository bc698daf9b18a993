#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>

/* The atomic renames of the two systems, their clones of files and their times of birth, under one name each. All
   return 0, or -1 with errno set. */

#if defined(__linux__)

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int agentmesh_rename_exchange(int first, const char *a, int second, const char *b) {
  return (int)syscall(SYS_renameat2, first, a, second, b, 2u /* RENAME_EXCHANGE */);
}
static inline int agentmesh_rename_new(int first, const char *a, int second, const char *b) {
  return (int)syscall(SYS_renameat2, first, a, second, b, 1u /* RENAME_NOREPLACE */);
}
static inline int agentmesh_clone(int from, int to, const char *name) {
  int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (source < 0) return -1;
  int target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  int failure = target < 0 ? errno : 0;
  if (target >= 0 && ioctl(target, _IOW(0x94, 9, int) /* FICLONE */, source) != 0) {
    failure = errno;
    unlinkat(to, name, 0);
  }
  if (target >= 0) close(target);
  close(source);
  errno = failure;
  return failure == 0 ? 0 : -1;
}
/* Nanoseconds since 1970; 0 where the file system does not know. Links are followed. */
static inline int agentmesh_birth(int folder, const char *name, long long *birth) {
  struct statx information;
  if (statx(folder, name, 0, STATX_BTIME, &information) != 0) return -1;
  *birth = information.stx_mask & STATX_BTIME
    ? information.stx_btime.tv_sec * 1000000000LL + information.stx_btime.tv_nsec : 0;
  return 0;
}

#else

#include <errno.h>
#include <sys/clonefile.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int agentmesh_rename_exchange(int first, const char *a, int second, const char *b) {
  return renameatx_np(first, a, second, b, RENAME_SWAP);
}
static inline int agentmesh_rename_new(int first, const char *a, int second, const char *b) {
  return renameatx_np(first, a, second, b, RENAME_EXCL);
}
static inline int agentmesh_clone(int from, int to, const char *name) {
  int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (source < 0) return -1;
  int failure = fclonefileat(source, to, name, CLONE_NOFOLLOW) == 0 ? 0 : errno;
  close(source);
  errno = failure;
  return failure == 0 ? 0 : -1;
}
static inline int agentmesh_birth(int folder, const char *name, long long *birth) {
  struct stat information;
  if (fstatat(folder, name, &information, 0) != 0) return -1;
  *birth = information.st_birthtimespec.tv_sec * 1000000000LL + information.st_birthtimespec.tv_nsec;
  return 0;
}

#endif
