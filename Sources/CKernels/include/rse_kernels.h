// Elementwise and reduction kernels of the RSE runtime.
//
// Each instruction set has its own version of every function, and a table of them all; the results are bit-identical.
// `portable` is plain C for any processor and defines the results.
#ifndef RSE_KERNELS_H
#define RSE_KERNELS_H

#include "rse_kernel_arguments.h"

/// The kernels of one instruction set.
typedef struct {
  const char *name;
#define RSE_KERNEL(result, name, ...) result (*name)(__VA_ARGS__);
#include "rse_kernel_list.inc"
#undef RSE_KERNEL
} rse_kernel_table;

/// The table of an instruction set (`avx512`, `avx2`, `neon`, `portable`); NULL if it does not run here.
const rse_kernel_table *rse_kernels_named(const char *name);

/// The fastest table that this machine can run.
const rse_kernel_table *rse_kernels_best(void);

#endif
