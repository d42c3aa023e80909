// The table of cases. A kernel of the list without a case does not link.
#include "trial.h"

#define RSE_KERNEL(result, name, ...) CASE(name);
#define OTHER(name) CASE(name);
#include "other_cases.inc"
#include "rse_kernel_list.inc"
#undef OTHER
#undef RSE_KERNEL

static const struct {
  const char *name;
  void (*run)(rse_trial *t);
  rse_values values;
} cases[] = {
#define RSE_KERNEL(result, name, ...)                   \
  {#name ".ordinary", rse_case_##name, RSE_ORDINARY},   \
  {#name ".wide", rse_case_##name, RSE_WIDE},           \
  {#name ".tiny", rse_case_##name, RSE_TINY},           \
  {#name ".unbounded", rse_case_##name, RSE_UNBOUNDED},
#define OTHER(name) {#name, rse_case_##name, RSE_ORDINARY},
#include "rse_kernel_list.inc"
#include "other_cases.inc"
#undef OTHER
#undef RSE_KERNEL
};

size_t rse_case_count(void) { return sizeof cases / sizeof *cases; }

const char *rse_case_name(size_t index) { return cases[index].name; }

static uint64_t digest(const rse_kernel_table *kernels, size_t index, uint32_t nan_bits) {
  rse_trial trial = {
      .kernels = kernels,
      .values = cases[index].values,
      .nan_bits = nan_bits,
      .digest = 0xCBF29CE484222325u};
  // A case draws the same numbers whichever others there are.
  for (const char *c = cases[index].name; *c != 0; c++)
    trial.state = (trial.state ^ (uint64_t)*c) * 0x100000001B3u;
  cases[index].run(&trial);
  rse_finish(&trial);
  return trial.is_damaged ? 0 : trial.digest;
}

uint64_t rse_case_digest(const rse_kernel_table *kernels, size_t index) {
  // The NaN that operations of arm64 make, and one of x86-64 with further bits.
  const uint64_t first = digest(kernels, index, 0x7FC00000);
  if (cases[index].values != RSE_UNBOUNDED) return first;
  return digest(kernels, index, 0xFFC12345) == first ? first : 0;
}
