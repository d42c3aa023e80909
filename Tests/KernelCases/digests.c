// Prints the digests of all cases with each set of kernels that runs here: set, case, digest.
#include <inttypes.h>
#include <stdio.h>

#include "rse_kernel_cases.h"

int main(void) {
  static const char *const sets[] = {"portable", "avx2", "avx512", "neon"};
  for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
    const rse_kernel_table *kernels = rse_kernels_named(sets[s]);
    if (kernels == NULL) continue;
    for (size_t i = 0; i < rse_case_count(); i++)
      printf("%s %s %016" PRIx64 "\n", sets[s], rse_case_name(i), rse_case_digest(kernels, i));
  }
  return 0;
}
