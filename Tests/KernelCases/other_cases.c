// Cases of random.c, scores.c and words.c.
#include <stdio.h>
#include <string.h>

#include "rse_random.h"
#include "rse_scores.h"
#include "rse_words.h"
#include "trial.h"

CASE(philox_block) {
  for (size_t i = 0; i < 64; i++) {
    uint32_t counter[4], key[2];
    for (size_t k = 0; k < 4; k++) counter[k] = (uint32_t)rse_bits(t);
    for (size_t k = 0; k < 2; k++) key[k] = (uint32_t)rse_bits(t);
    rse_philox_block(counter, key, rse_room_for_words(t, 4));
    rse_finish(t);
  }
}

static rse_random_stream drawn_stream(rse_trial *t) {
  rse_random_stream stream = {.position = rse_bits(t)};
  for (size_t k = 0; k < 2; k++) stream.key[k] = (uint32_t)rse_bits(t);
  for (size_t k = 0; k < 2; k++) stream.high[k] = (uint32_t)rse_bits(t);
  return stream;
}

CASE(random_index) {
  static const uint32_t bounds[] = {1, 2, 3, 100, 0x80000001, 0xFFFFFFFF};
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    rse_random_stream stream = drawn_stream(t);
    for (size_t k = 0; k < 100; k++) rse_digest_bits(t, rse_random_index(&stream, bounds[i]));
  }
}

CASE(random_symbols) {
  EACH_COUNT(n) {
    rse_random_stream stream = drawn_stream(t);
    rse_random_symbols(&stream, 1 + (uint32_t)at, (int)n, rse_room_for_words(t, n));
  }
}

CASE(random_bits) {
  EACH_COUNT(n) {
    rse_random_stream stream = drawn_stream(t);
    rse_random_bits(&stream, at % 2 == 0 ? 1 : 15, (int)n, rse_room_for_words(t, n));
  }
}

CASE(split_scores) {
  EACH_COUNT(n) {
    const float *scores = rse_numbers(t, n);
    bool *labels = rse_input(t, n * sizeof *labels);
    for (size_t i = 0; i < n; i++) labels[i] = rse_below(t, 3) == 0;
    uint32_t *positives = rse_room_for_words(t, n), *negatives = rse_room_for_words(t, n);
    size_t count = 0;
    rse_digest_bits(t, rse_split_scores(n, scores, labels, positives, negatives, &count));
    rse_digest_bits(t, count);
  }
}

CASE(precision_sum) {
  const uint32_t *counts[2];
  for (size_t k = 0; k < 2; k++) {
    uint32_t *drawn = rse_input(t, (sizeof *drawn) << 16);
    for (size_t i = 0; i < 1 << 16; i++) drawn[i] = rse_below(t, 4) == 0 ? rse_below(t, 100) : 0;
    counts[k] = drawn;
  }
  rse_digest_double(t, rse_precision_sum(counts[0], counts[1], 12345, 678901));
}

// Numbers in decimals: read exactly and divided, or with an exponent or too many digits.
CASE(vector_line) {
  static const char *const forms[] = {" %.6f", " %g", " %.20f", " %.15e"};
  for (size_t i = 0; i < 40; i++) {
    char line[1000] = "word";
    for (size_t k = 0; k < 20; k++) {
      const double value = (double)rse_between(t, -3, 3);
      snprintf(line + strlen(line), 50, forms[(i + k) % 4], value);
    }
    size_t start = 0, word = 0;
    float *values = rse_room_for(t, 20);
    rse_digest_bits(t, rse_vector_size((const uint8_t *)line, strlen(line)));
    rse_vector_line((const uint8_t *)line, strlen(line), 20, values, &start, &word);
    rse_finish(t);
  }
}

CASE(quantise_row) {
  EACH_COUNT(n) {
    const float *values = rse_evenly(t, n, -3, 3);
    int8_t *out = rse_room_for_words(t, (n + 3) / 4);
    rse_digest_double(t, (double)rse_quantise_row(n, values, out));
  }
}

CASE(quantised_rows) {
  EACH_EXTENT(rows, columns) {
    int8_t *table = rse_input(t, 9 * columns);
    for (size_t i = 0; i < 9 * columns; i++) table[i] = (int8_t)((int32_t)rse_below(t, 255) - 127);
    const float *steps = rse_evenly(t, 9, 1e-3f, 1);
    int32_t *numbers = rse_input(t, rows * sizeof *numbers);
    for (size_t r = 0; r < rows; r++) numbers[r] = (int32_t)rse_below(t, 10) - 1;
    rse_quantised_rows(
        rows, columns, numbers, table, steps, rse_room_for(t, rows * columns));
  }
}
