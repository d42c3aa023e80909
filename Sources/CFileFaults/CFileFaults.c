#define _GNU_SOURCE
#include "CFileFaults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum step { OPEN, WRITE, FLUSH, CLOSE, RENAME, FOLDER, STEPS };
static const char *const names[STEPS] = {"open", "write", "flush", "close", "rename", "folder"};

enum { MOST_FILES = 1024 };
/// The paths of files being written, by descriptor; empty for others.
static char paths[MOST_FILES][512];
/// True if something was written to them; the others are created only to test whether they can be.
static char is_used[MOST_FILES];
static long counts[STEPS];
/// The path last renamed, whose folder is flushed next.
static char last_renamed[512];

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

/// Returns the error number of a call that is to fail; 0 if the call is to proceed.
static int planned(enum step step, const char *path) {
  const char *plan = getenv("RSE_FAULT");
  char name[16], action[16];
  long number;
  if (!plan || sscanf(plan, "%15s %ld %15s", name, &number, action) != 3) return 0;
  long count = ++counts[step];
  if (strcmp(name, names[step]) != 0) return 0;
  int lasts = strcmp(action, "full") == 0 || strcmp(action, "locked") == 0;
  if (lasts ? count < number : count != number) return 0;
  const char *reached = getenv("RSE_FAULT_REACHED");
  if (reached) {
    long file = syscall(SYS_openat, AT_FDCWD, reached, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
      syscall(SYS_write, file, path, strlen(path));
      syscall(SYS_close, file);
    }
  }
  if (strcmp(action, "kill") == 0) kill(getpid(), SIGKILL);
  return !lasts ? EIO : strcmp(action, "full") == 0 ? ENOSPC : EROFS;
}

static int opened(const char *function, const char *path, int flags, mode_t mode) {
  int (*original)(const char *, int, ...) = (int (*)(const char *, int, ...))next(function);
  size_t length = strlen(path);
  int counts_here = flags & O_CREAT && length > 4 && strcmp(path + length - 4, ".tmp") == 0;
  int code = counts_here ? planned(OPEN, path) : 0;
  if (code) {
    errno = code;
    return -1;
  }
  int file = original(path, flags, mode);
  if (file >= 0 && file < MOST_FILES) {
    snprintf(paths[file], sizeof paths[file], "%s", counts_here ? path : "");
    is_used[file] = 0;
  }
  return file;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened("open64", path, flags, mode);
}

static int is_watched(int file) { return file >= 0 && file < MOST_FILES && paths[file][0]; }

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t (*original)(int, const void *, size_t) =
      (ssize_t(*)(int, const void *, size_t))next("write");
  int code = is_watched(file) ? planned(WRITE, paths[file]) : 0;
  if (is_watched(file)) is_used[file] = 1;
  if (!code) return original(file, bytes, count);
  errno = code;
  return -1;
}

int fsync(int file) {
  int (*original)(int) = (int (*)(int))next("fsync");
  struct stat status;
  int is_folder = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
  int code = is_folder           ? planned(FOLDER, last_renamed)
             : is_watched(file) ? planned(FLUSH, paths[file])
                                : 0;
  if (!code) return original(file);
  errno = code;
  return -1;
}

int close(int file) {
  int (*original)(int) = (int (*)(int))next("close");
  int code = is_watched(file) && is_used[file] ? planned(CLOSE, paths[file]) : 0;
  if (file >= 0 && file < MOST_FILES) paths[file][0] = 0;
  int result = original(file);
  if (!code) return result;
  errno = code;
  return -1;
}

int rename(const char *from, const char *to) {
  int (*original)(const char *, const char *) =
      (int (*)(const char *, const char *))next("rename");
  size_t length = strlen(from);
  int counts_here = length > 4 && strcmp(from + length - 4, ".tmp") == 0;
  int code = counts_here ? planned(RENAME, from) : 0;
  if (counts_here) snprintf(last_renamed, sizeof last_renamed, "%s", from);
  if (!code) return original(from, to);
  errno = code;
  return -1;
}
