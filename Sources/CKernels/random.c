#include "rse_random.h"

void rse_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  uint32_t a = counter[0], b = counter[1], c = counter[2], d = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    const uint64_t p = (uint64_t)a * 0xD2511F53u;
    const uint64_t q = (uint64_t)c * 0xCD9E8D57u;
    a = (uint32_t)(q >> 32) ^ b ^ k0;
    b = (uint32_t)q;
    c = (uint32_t)(p >> 32) ^ d ^ k1;
    d = (uint32_t)p;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  block[0] = a;
  block[1] = b;
  block[2] = c;
  block[3] = d;
}

uint32_t rse_random_next(rse_random_stream *stream) {
  if (stream->unread == 0) {
    const uint32_t counter[4] = {(uint32_t)stream->position, (uint32_t)(stream->position >> 32),
                                 stream->high[0], stream->high[1]};
    rse_philox_block(counter, stream->key, stream->block);
    stream->position++;
    stream->unread = 4;
  }
  stream->unread--;
  return stream->block[3 - stream->unread];
}

uint32_t rse_random_index(rse_random_stream *stream, uint32_t bound) {
  uint64_t product = (uint64_t)rse_random_next(stream) * bound;
  if ((uint32_t)product < bound) {
    const uint32_t threshold = (uint32_t)(((uint64_t)1 << 32) % bound);
    while ((uint32_t)product < threshold) product = (uint64_t)rse_random_next(stream) * bound;
  }
  return (uint32_t)(product >> 32);
}

void rse_random_symbols(rse_random_stream *stream, uint32_t bound, int count, int32_t *symbols) {
  for (int i = 0; i < count; i++) symbols[i] = (int32_t)rse_random_index(stream, bound) + 1;
}

void rse_random_bits(rse_random_stream *stream, uint32_t mask, int count, int32_t *symbols) {
  for (int i = 0; i < count; i++) symbols[i] = (int32_t)(rse_random_next(stream) & mask) + 1;
}
