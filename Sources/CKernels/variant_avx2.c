#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "rse_kernels.h"
#include "rse_real.h"

#define RSE_VARIANT_NAME "avx2"
#define RSE_VECTOR 8
#define RSE_TILE_ROWS 6
#define RSE_TILE_VECTORS 2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "variant.inc"
#pragma clang attribute pop

const rse_kernel_table *rse_kernels_avx2(void) { return &table; }
#endif
