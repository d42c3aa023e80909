// What cases are written with: arguments from a generator of their own, and a digest of results.
#ifndef RSE_TRIAL_H
#define RSE_TRIAL_H

#include <stdbool.h>

#include "rse_kernel_cases.h"

/// The kinds of values that arrays of a case hold.
typedef enum {
  RSE_ORDINARY,  // [-3, 3), in a bell of four uniform numbers or evenly
  RSE_WIDE,      // both signs, magnitudes 2^-40 ... 2^40
  RSE_TINY,      // zeros of both signs, subnormal numbers, numbers around 2^-126 and 2^-63
  RSE_UNBOUNDED, // ordinary; infinite or the greatest or no number here and there
} rse_values;

typedef struct rse_buffer rse_buffer;

/// One run of a case.
typedef struct {
  const rse_kernel_table *kernels;
  rse_values values;
  uint32_t nan_bits;    // of what is no number
  uint64_t state;       // of the generator
  uint64_t digest;
  rse_buffer *buffers;  // the arrays of the current call, the last one first
  bool is_damaged;      // something was written outside of an array
} rse_trial;

/// Cases are defined as CASE(name) { … }.
#define CASE(name) void rse_case_##name(rse_trial *t)

/// 64 random bits (SplitMix64, Steele, Lea and Flood 2014).
uint64_t rse_bits(rse_trial *t);
/// A number in 0 ..< bound, for bounds far below 2^32.
uint32_t rse_below(rse_trial *t, uint32_t bound);
/// A number of the range, evenly.
float rse_between(rse_trial *t, float low, float high);

// Arrays live until `rse_finish`. Those that a kernel writes are digested there in the order in
// which they were made. All begin at an address that is a multiple of 4 and of no more. Since C
// does not say in which order arguments are evaluated, one call takes one drawn array at most.

/// Bytes that a kernel reads; nothing lies behind the last one.
void *rse_input(rse_trial *t, size_t size);
/// Numbers of the trial's kind that a kernel reads.
const float *rse_numbers(rse_trial *t, size_t count);
/// The same without their signs.
const float *rse_magnitudes(rse_trial *t, size_t count);
/// Numbers of the range, whatever the kind.
const float *rse_evenly(rse_trial *t, size_t count, float low, float high);
/// Numbers in 0 ..< bound.
const int32_t *rse_indices(rse_trial *t, size_t count, uint32_t bound);

/// Numbers of the trial's kind that a kernel changes.
float *rse_changed(rse_trial *t, size_t count);
/// The same without their signs.
float *rse_changed_magnitudes(rse_trial *t, size_t count);
/// Zeros that a kernel changes.
float *rse_zeros(rse_trial *t, size_t count);
/// Room that a kernel fills.
float *rse_room_for(rse_trial *t, size_t count);
/// Room for whole numbers of 32 bits that a kernel fills.
void *rse_room_for_words(rse_trial *t, size_t count);

/// Digests a result that is returned.
void rse_digest_bits(rse_trial *t, uint64_t bits);
void rse_digest_double(rse_trial *t, double value);

/// Digests what was written since the last time and lets go of all arrays.
void rse_finish(rse_trial *t);

/// Both sides of the widths of vectors (4, 8, 16), panels (32), blocks of columns (64), of samples
/// (64) and of the search for what is not finite (256); `last` in the end unless it is 0.
bool rse_next_count(size_t *at, size_t *count, size_t last);

/// Extents of matrices on both sides of the same, and of heights of tiles (2, 4, 6, 8, 12) and of
/// the blocks of rows of a product (48, 96). The columns are never 0.
bool rse_next_extent(size_t *at, size_t *rows, size_t *columns);

/// A call of a kernel for each count.
#define EACH_COUNT(n) for (size_t at = 0, n = 0; rse_next_count(&at, &n, 0); rse_finish(t))

/// The same, and for so many that a last bit shows which changes with one argument in thousands.
#define EACH_COUNT_OF_ARGUMENTS(n)                                                           \
  for (size_t at = 0, n = 0; rse_next_count(&at, &n, 20000); rse_finish(t))

/// A call of a kernel for each pair of extents.
#define EACH_EXTENT(rows, columns)                                                           \
  for (size_t at = 0, rows = 0, columns = 0; rse_next_extent(&at, &rows, &columns); rse_finish(t))

#endif
