#if defined(__aarch64__)
#include <math.h>
#include <string.h>

#include "rse_kernels.h"
#include "rse_real.h"

#define RSE_VARIANT_NAME "neon"
#define RSE_VECTOR 4
#define RSE_TILE_ROWS 6
#define RSE_TILE_VECTORS 4

#include "variant.inc"

const rse_kernel_table *rse_kernels_neon(void) { return &table; }
#endif
