#include "trial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef enum { INPUT, FLOATS, WORDS } content;

struct rse_buffer {
  rse_buffer *before;
  unsigned char *memory;  // `offset` bytes before the array
  size_t size;            // of the array, in bytes
  content content;
};

enum {
  GUARD = 256,      // bytes on each side of an array that is written
  MARK = 0xA5,      // what they hold
  OFFSET = GUARD + 4,
};

uint64_t rse_bits(rse_trial *t) {
  uint64_t x = t->state += 0x9E3779B97F4A7C15u;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

uint32_t rse_below(rse_trial *t, uint32_t bound) {
  return (uint32_t)((rse_bits(t) >> 32) * bound >> 32);
}

static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

float rse_between(rse_trial *t, float low, float high) {
  const double share = (double)(rse_bits(t) >> 40) * 0x1p-24;
  return (float)((double)low + share * ((double)high - (double)low));
}

static float ordinary(rse_trial *t) {
  const uint64_t bits = rse_bits(t);
  if ((bits & 1) != 0) return (float)((int32_t)(bits >> 32) / 4 * 3) * 0x1p-29f;
  int64_t sum = 0;
  for (unsigned i = 0; i < 4; i++) sum += (int64_t)(bits >> (1 + 15 * i) & 0x7FFF) - 0x4000;
  return (float)(sum * 3) * 0x1p-16f;
}

static float any(rse_trial *t) {
  const uint64_t bits = rse_bits(t);
  const uint32_t sign = (uint32_t)(bits >> 63) << 31, fraction = (uint32_t)bits & 0x7FFFFF;
  const uint32_t choice = (uint32_t)(bits >> 32) & 0xFFFF;
  switch (t->values) {
    case RSE_WIDE: return float_of(sign | (87 + choice % 80) << 23 | fraction);
    case RSE_TINY:
      switch (choice % 4) {
        case 0: return float_of(sign);
        case 1: return float_of(sign | fraction);
        case 2: return float_of(sign | (1 + choice / 4 % 24) << 23 | fraction);
        default: return float_of(sign | (60 + choice / 4 % 8) << 23 | fraction);
      }
    case RSE_UNBOUNDED:
      switch (choice % 64) {
        case 0: case 1: return float_of(sign | 0x7F800000);
        case 2: return float_of(sign | 0x7F7FFFFF);
        case 3: return float_of(choice % 128 == 3 ? t->nan_bits : sign);
        default: return ordinary(t);
      }
    case RSE_ORDINARY: break;
  }
  return ordinary(t);
}

static void *make(rse_trial *t, size_t size, content content) {
  rse_buffer *buffer = malloc(sizeof *buffer);
  const size_t whole = OFFSET + size + (content == INPUT ? 0 : GUARD);
  unsigned char *memory = malloc(whole);
  if (buffer == NULL || memory == NULL) {
    fputs("no memory for the arguments of a kernel\n", stderr);
    abort();
  }
  memset(memory, MARK, whole);
  *buffer = (rse_buffer){t->buffers, memory, size, content};
  t->buffers = buffer;
  return memory + OFFSET;
}

void *rse_input(rse_trial *t, size_t size) { return make(t, size, INPUT); }

static float *filled(rse_trial *t, size_t count, content content) {
  float *values = make(t, count * sizeof *values, content);
  for (size_t i = 0; i < count; i++) values[i] = any(t);
  return values;
}

static float *without_signs(size_t count, float *values) {
  for (size_t i = 0; i < count; i++) values[i] = fabsf(values[i]);
  return values;
}

const float *rse_numbers(rse_trial *t, size_t count) { return filled(t, count, INPUT); }

const float *rse_magnitudes(rse_trial *t, size_t count) {
  return without_signs(count, filled(t, count, INPUT));
}

const float *rse_evenly(rse_trial *t, size_t count, float low, float high) {
  float *values = rse_input(t, count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = rse_between(t, low, high);
  return values;
}

const int32_t *rse_indices(rse_trial *t, size_t count, uint32_t bound) {
  int32_t *values = rse_input(t, count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = (int32_t)rse_below(t, bound);
  return values;
}

float *rse_changed(rse_trial *t, size_t count) { return filled(t, count, FLOATS); }

float *rse_changed_magnitudes(rse_trial *t, size_t count) {
  return without_signs(count, filled(t, count, FLOATS));
}

float *rse_zeros(rse_trial *t, size_t count) {
  float *values = rse_room_for(t, count);
  for (size_t i = 0; i < count; i++) values[i] = 0;
  return values;
}

float *rse_room_for(rse_trial *t, size_t count) {
  return make(t, count * sizeof(float), FLOATS);
}

void *rse_room_for_words(rse_trial *t, size_t count) {
  return make(t, count * sizeof(uint32_t), WORDS);
}

// FNV-1a, a word at a time.
void rse_digest_bits(rse_trial *t, uint64_t bits) {
  for (unsigned i = 0; i < 8; i++) {
    t->digest ^= bits >> 8 * i & 0xFF;
    t->digest *= 0x100000001B3u;
  }
}

void rse_digest_double(rse_trial *t, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  rse_digest_bits(t, isnan(value) ? 0x7FF8000000000000u : bits);
}

static bool is_marked(const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (bytes[i] != MARK) return false;
  return true;
}

static void digest(rse_trial *t, const rse_buffer *buffer) {
  const unsigned char *start = buffer->memory + OFFSET;
  for (size_t i = 0; i < buffer->size; i += sizeof(uint32_t)) {
    uint32_t bits;
    memcpy(&bits, start + i, sizeof bits);
    const bool is_nan = buffer->content == FLOATS && (bits & 0x7FFFFFFF) > 0x7F800000;
    rse_digest_bits(t, is_nan ? 0x7FC00000 : bits);
  }
  if (!is_marked(buffer->memory, OFFSET) || !is_marked(start + buffer->size, GUARD))
    t->is_damaged = true;
}

void rse_finish(rse_trial *t) {
  rse_buffer *first = NULL;
  for (rse_buffer *b = t->buffers, *before; b != NULL; b = before) {
    before = b->before;
    b->before = first;
    first = b;
  }
  t->buffers = NULL;
  for (rse_buffer *b = first, *next; b != NULL; b = next) {
    next = b->before;
    if (b->content != INPUT) digest(t, b);
    free(b->memory);
    free(b);
  }
}

bool rse_next_count(size_t *at, size_t *count, size_t last) {
  static const size_t counts[] = {0,  1,  2,  3,  4,  5,   7,   8,   9,   15,  16,  17, 24,
                                  31, 32, 33, 48, 63, 64,  65,  67,  100, 127, 128, 130,
                                  200, 255, 256, 257, 300, 515, 1000};
  const size_t all = sizeof counts / sizeof *counts;
  *count = *at < all ? counts[*at] : last;
  return (*at)++ < all + (last > 0);
}

bool rse_next_extent(size_t *at, size_t *rows, size_t *columns) {
  static const size_t extents[][2] = {
      {0, 5},   {1, 1},   {1, 33},  {1, 200}, {2, 16},   {2, 130}, {3, 31},  {4, 4},   {5, 32},
      {5, 65},  {6, 7},   {7, 64},  {8, 8},   {9, 96},   {11, 67}, {12, 5},  {12, 64}, {13, 17},
      {16, 3},  {17, 48}, {31, 2},  {33, 12}, {47, 20},  {48, 32}, {49, 9},  {64, 63}, {65, 15},
      {96, 34}, {97, 33}, {100, 1}, {100, 33}, {130, 10}, {257, 6},
  };
  if (*at == sizeof extents / sizeof *extents) return false;
  *rows = extents[*at][0];
  *columns = extents[(*at)++][1];
  return true;
}
