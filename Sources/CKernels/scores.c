// Counts of scores and labels: integers, identical on every machine.
#include <math.h>
#include <string.h>

#include "rse_scores.h"

enum { SLOTS = 1 << 16 };

// The bits of a float, changed so that greater floats have greater keys and both zeros have the same one.
static uint32_t score_key(float score) {
  const float value = score + 0.0f;
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits ^ ((uint32_t)((int32_t)bits >> 31) | 0x80000000u);
}

bool rse_split_scores(
    size_t count, const float *restrict scores, const bool *restrict labels,
    uint32_t *restrict positives, uint32_t *restrict negatives, size_t *positive_count) {
  bool has_nan = false;
  size_t positive = 0, negative = 0;
  for (size_t i = 0; i < count; i++) {
    has_nan |= isnan(scores[i]);
    const uint32_t key = score_key(scores[i]);
    if (labels[i])
      positives[positive++] = key;
    else
      negatives[negative++] = key;
  }
  *positive_count = positive;
  return !has_nan;
}

void rse_part_keys(
    size_t count, const uint32_t *restrict keys, uint32_t *restrict ends, uint16_t *restrict lows) {
  memset(ends, 0, SLOTS * sizeof *ends);
  for (size_t i = 0; i < count; i++) ends[keys[i] >> 16]++;
  uint32_t start = 0;
  for (size_t s = 0; s < SLOTS; s++) {
    const uint32_t size = ends[s];
    ends[s] = start;
    start += size;
  }
  for (size_t i = 0; i < count; i++) lows[ends[keys[i] >> 16]++] = (uint16_t)keys[i];
}

void rse_tally(size_t count, const uint16_t *restrict slots, uint32_t *restrict counts) {
  for (size_t i = 0; i < count; i++) counts[slots[i]]++;
}

void rse_add_unary(size_t words, const uint64_t *restrict code, uint32_t *restrict counts) {
  size_t slot = 0;
  for (size_t i = 0; i < words; i++) {
    uint64_t word = code[i];
    unsigned left = 64;
    while (word != 0) {
      const unsigned zeros = (unsigned)__builtin_ctzll(word);
      slot += zeros;
      word >>= zeros;
      left -= zeros;
      const unsigned ones = ~word == 0 ? 64 : (unsigned)__builtin_ctzll(~word);
      counts[slot] += ones;
      left -= ones;
      word = ones == 64 ? 0 : word >> ones;
    }
    slot += left;
  }
}

void rse_write_unary(
    const uint32_t *restrict counts, size_t words, uint64_t *restrict code) {
  memset(code, 0, words * sizeof *code);
  size_t bit = 0;
  for (size_t slot = 0; slot < SLOTS; slot++, bit++) {
    for (uint32_t left = counts[slot]; left > 0;) {
      const unsigned first = (unsigned)(bit % 64);
      const unsigned ones = left < 64 - first ? left : 64 - first;
      code[bit / 64] |= (ones == 64 ? ~0ull : (1ull << ones) - 1) << first;
      bit += ones;
      left -= ones;
    }
  }
}

size_t rse_take_keys(uint32_t *restrict counts, uint32_t upper, size_t limit, uint32_t *restrict keys) {
  size_t taken = 0;
  for (uint32_t slot = 0; slot < SLOTS; slot++) {
    for (; counts[slot] > 0; counts[slot]--) {
      if (taken == limit) return taken;
      keys[taken++] = upper << 16 | slot;
    }
  }
  return taken;
}

double rse_precision_sum(
    const uint32_t *restrict positives, const uint32_t *restrict negatives,
    uint64_t true_positives, uint64_t false_positives) {
  double sum = 0;
  for (size_t slot = SLOTS; slot-- > 0;) {
    true_positives += positives[slot];
    false_positives += negatives[slot];
    if (positives[slot] == 0) continue;
    const double precision =
        (double)true_positives / ((double)true_positives + (double)false_positives);
    sum += (double)positives[slot] * precision;
  }
  return sum;
}

void rse_pack_scores(
    size_t frames, const float *restrict scores, float threshold, uint64_t *restrict sets) {
  for (size_t i = 0; i < 2 * frames; i++) {
    uint64_t set = 0;
    for (size_t k = 0; k < 64; k++) set |= (uint64_t)(scores[64 * i + k] >= threshold) << k;
    sets[i] = set;
  }
}

void rse_pack_labels(size_t frames, const bool *restrict labels, uint64_t *restrict sets) {
  for (size_t i = 0; i < 2 * frames; i++) {
    uint64_t set = 0;
    for (size_t k = 0; k < 64; k++) set |= (uint64_t)labels[64 * i + k] << k;
    sets[i] = set;
  }
}

static uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }

static uint64_t size_of(const uint64_t set[2]) {
  return (uint64_t)(__builtin_popcountll(set[0]) + __builtin_popcountll(set[1]));
}

// The number of notes that both sets have, regardless of octaves.
static uint64_t common_chroma(const uint64_t a[2], const uint64_t b[2]) {
  uint64_t common = 0;
  for (unsigned chroma = 0; chroma < 12; chroma++) {
    // Every twelfth bit of the first 64 and of the last 64: note 64 is the fifth of its octave.
    const uint64_t twelfths = 0x1001001001001001ull;
    const uint64_t low = twelfths << chroma, high = twelfths << (chroma + 8) % 12;
    const uint64_t first[2] = {a[0] & low, a[1] & high}, second[2] = {b[0] & low, b[1] & high};
    common += smaller(size_of(first), size_of(second));
  }
  return common;
}

void rse_count_frames(
    size_t frames, const uint64_t *reference, const uint64_t *estimate, rse_frame_counts *counts) {
  const uint64_t *end = reference + 2 * frames;
  for (; reference < end; reference += 2, estimate += 2) {
    if ((reference[0] | reference[1] | estimate[0] | estimate[1]) == 0) continue;
    const uint64_t both[2] = {reference[0] & estimate[0], reference[1] & estimate[1]};
    const uint64_t sizes[2] = {size_of(reference), size_of(estimate)};
    counts->reference += sizes[0];
    counts->estimate += sizes[1];
    counts->common += size_of(both);
    counts->common_chroma += common_chroma(reference, estimate);
    counts->smaller += smaller(sizes[0], sizes[1]);
  }
}
