// Every kernel on inputs that are the same on every machine, with a digest of what it gives.
//
// Two sets of kernels give equal digests for a case if they give the same bits. Inputs come from
// whole numbers and exact steps, so that digests of different processors can be compared.
#ifndef RSE_KERNEL_CASES_H
#define RSE_KERNEL_CASES_H

#include "rse_kernels.h"

/// The cases: each kernel with each kind of values, and functions that no table holds.
size_t rse_case_count(void);

/// The kernel and the kind of values, such as `gelu_forward.tiny`.
const char *rse_case_name(size_t index);

/// The digest of all that a kernel writes and returns, where every NaN counts as the same; 0 if it
/// writes outside of its results, or if these follow the bits of a NaN, which processors choose.
uint64_t rse_case_digest(const rse_kernel_table *kernels, size_t index);

#endif
