/// The program's own malloc and related functions: those of glibc, except that a request that cannot be met ends the
/// program with a message, instead of returning null to code that would trap, as all of Swift's runtime does.
///
/// The dynamic linker finds these definitions first, so they apply to all libraries as well. The address and thread
/// sanitizers have definitions of their own, which remain in use.

#define _GNU_SOURCE
#include "CMachine.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

static _Atomic(void (*)(void)) give_back;
static _Atomic(void (*)(void)) clean_up;
static atomic_bool json_is_wanted;

void rse_on_exhaustion(void (*function)(void)) { atomic_store(&give_back, function); }

void rse_before_exhausted_end(void (*function)(void)) { atomic_store(&clean_up, function); }

void rse_tell_exhaustion_in_json(bool wanted) { atomic_store(&json_is_wanted, wanted); }

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RSE_HAS_SANITIZER
#endif
#endif

#if defined(__GLIBC__) && !defined(RSE_HAS_SANITIZER)

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static const double megabyte = 1e6;

/// Returns the bytes of the program's address space (field 0 of statm), or of its private writable memory (field 5).
static double bytes_in_use(int field) {
  char text[256];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return 0;
  text[count] = 0;
  unsigned long pages[6] = {0};
  if (sscanf(text, "%lu %lu %lu %lu %lu %lu", pages, pages + 1, pages + 2, pages + 3, pages + 4, pages + 5) != 6) return 0;
  return (double)pages[field] * (double)sysconf(_SC_PAGESIZE);
}

static void call(_Atomic(void (*)(void)) *which) {
  void (*function)(void) = atomic_load(which);
  if (function) function();
}

static void put(int file, const char *text) {
  size_t rest = strlen(text);
  while (rest > 0) {
    ssize_t count = write(file, text, rest);
    if (count < 0) return;
    text += count;
    rest -= (size_t)count;
  }
}

/// Ends the program; only the first thread that arrives here reports, and if that needs memory itself, the program just
/// ends.
static _Noreturn void end(size_t size) {
  static atomic_int speaker;
  int nobody = 0, own = (int)gettid();
  if (!atomic_compare_exchange_strong(&speaker, &nobody, own)) {
    if (nobody == own) _exit(RSE_EXHAUSTED);
    for (;;) pause();
  }
  struct rlimit addresses = {RLIM_INFINITY, RLIM_INFINITY}, data = {RLIM_INFINITY, RLIM_INFINITY};
  getrlimit(RLIMIT_AS, &addresses);
  getrlimit(RLIMIT_DATA, &data);
  int by_addresses = addresses.rlim_cur <= data.rlim_cur;
  rlim_t allowed = by_addresses ? addresses.rlim_cur : data.rlim_cur;
  double used = bytes_in_use(by_addresses ? 0 : 5);
  char error[256], line[768];
  int length = snprintf(error, sizeof error, "out of memory: %.1f MB more are needed, %.1f MB are in use", (double)size / megabyte, used / megabyte);
  if (allowed != RLIM_INFINITY) {
    snprintf(
        error + length, sizeof error - (size_t)length, " of the %.1f MB that %s", (double)allowed / megabyte,
        by_addresses ? "`ulimit -v` allows" : "there are");
  }
  const char *remedy = "allow the program more memory, or use a smaller batch=, shorter lengths=, fewer maps= or memory=low";
  snprintf(line, sizeof line, "rse: %s; %s\n", error, remedy);
  put(STDERR_FILENO, line);
  if (atomic_load(&json_is_wanted)) {
    snprintf(line, sizeof line, "{\"error\":\"%s\",\"remedy\":\"%s\"}\n", error, remedy);
    put(STDOUT_FILENO, line);
  }
  call(&clean_up);
  _exit(RSE_EXHAUSTED);
}

static void *aligned(size_t alignment, size_t size) {
  void *memory = __libc_memalign(alignment, size);
  if (memory) return memory;
  call(&give_back);
  memory = __libc_memalign(alignment, size);
  if (!memory) end(size);
  return memory;
}

void *malloc(size_t size) {
  void *memory = __libc_malloc(size);
  if (memory) return memory;
  call(&give_back);
  memory = __libc_malloc(size);
  if (!memory) end(size);
  return memory;
}

void *calloc(size_t count, size_t size) {
  void *memory = __libc_calloc(count, size);
  if (memory) return memory;
  call(&give_back);
  memory = __libc_calloc(count, size);
  if (!memory) end(size && count > SIZE_MAX / size ? SIZE_MAX : count * size);
  return memory;
}

void *realloc(void *old, size_t size) {
  void *memory = __libc_realloc(old, size);
  // With size 0 it frees the memory.
  if (memory || size == 0) return memory;
  call(&give_back);
  memory = __libc_realloc(old, size);
  if (!memory) end(size);
  return memory;
}

void *memalign(size_t alignment, size_t size) { return aligned(alignment, size); }

void *aligned_alloc(size_t alignment, size_t size) { return aligned(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  *memory = aligned(alignment, size);
  return 0;
}

#endif
