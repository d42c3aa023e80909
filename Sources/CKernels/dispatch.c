#include <string.h>

#include "rse_kernels.h"

const rse_kernel_table *rse_kernels_portable(void);

#if defined(__x86_64__)
const rse_kernel_table *rse_kernels_avx2(void);
const rse_kernel_table *rse_kernels_avx512(void);

static int runs_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("fma");
}

static int runs_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static const rse_kernel_table *fast_kernels(const char *name) {
  __builtin_cpu_init();
  if (strcmp(name, "avx2") == 0 && runs_avx2()) return rse_kernels_avx2();
  if (strcmp(name, "avx512") == 0 && runs_avx512()) return rse_kernels_avx512();
  return NULL;
}
#elif defined(__aarch64__)
const rse_kernel_table *rse_kernels_neon(void);

static const rse_kernel_table *fast_kernels(const char *name) {
  return strcmp(name, "neon") == 0 ? rse_kernels_neon() : NULL;
}
#else
static const rse_kernel_table *fast_kernels(const char *name) { return NULL; }
#endif

const rse_kernel_table *rse_kernels_named(const char *name) {
  return strcmp(name, "portable") == 0 ? rse_kernels_portable() : fast_kernels(name);
}

const rse_kernel_table *rse_kernels_best(void) {
  const char *const names[] = {"avx512", "avx2", "neon"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const rse_kernel_table *table = fast_kernels(names[i]);
    if (table != NULL) return table;
  }
  return rse_kernels_portable();
}
