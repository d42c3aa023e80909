#include <math.h>
#include <string.h>

#include "rse_kernels.h"

#define RSE_VARIANT_NAME "baseline"
#define RSE_LANES 8
#define RSE_VECTOR 4
#define RSE_TILE_ROWS 6
#define RSE_TILE_VECTORS 2

#include "variant.inc"

const rse_kernel_table *rse_kernels_baseline(void) { return &table; }
