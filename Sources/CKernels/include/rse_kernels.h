// Elementwise and reduction kernels of the RSE runtime.
//
// Every function exists once per instruction set, each of which has a table of all, and gives the same bits in each.
// `portable` is plain C for any processor and defines them.
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
