#include <string.h>

#include "rse_kernels.h"

const rse_kernel_table *rse_kernels_baseline(void);
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

const rse_kernel_table *rse_kernels_named(const char *name) {
  __builtin_cpu_init();
  if (strcmp(name, "baseline") == 0) return rse_kernels_baseline();
  if (strcmp(name, "avx2") == 0 && runs_avx2()) return rse_kernels_avx2();
  if (strcmp(name, "avx512") == 0 && runs_avx512()) return rse_kernels_avx512();
  return NULL;
}

const rse_kernel_table *rse_kernels_best(void) {
  const rse_kernel_table *best = rse_kernels_named("avx512");
  if (best == NULL) best = rse_kernels_named("avx2");
  return best != NULL ? best : rse_kernels_baseline();
}
