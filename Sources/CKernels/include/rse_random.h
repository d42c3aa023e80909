// Random integers, identical on every machine; these functions have a single version.
#ifndef RSE_RANDOM_H
#define RSE_RANDOM_H

#include <stdint.h>

/// A sequence of random words: the blocks of Philox 4x32-10 at the counters (position, high), each
/// read from first word to last. `unread` words of `block` are left.
typedef struct {
  uint64_t position;
  uint32_t key[2], high[2], block[4];
  uint32_t unread;
} rse_random_stream;

/// The block function of Philox 4x32-10.
void rse_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

/// The next 32 random bits.
uint32_t rse_random_next(rse_random_stream *stream);

/// An unbiased number in 0 ..< bound (Lemire's method).
uint32_t rse_random_index(rse_random_stream *stream, uint32_t bound);

/// `count` symbols in 1 ... bound, each drawn by `rse_random_index`.
void rse_random_symbols(rse_random_stream *stream, uint32_t bound, int count, int32_t *symbols);

/// `count` symbols, each 1 more than the masked bits of a word.
void rse_random_bits(rse_random_stream *stream, uint32_t mask, int count, int32_t *symbols);

#endif
