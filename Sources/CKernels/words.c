#include "rse_words.h"
#include <stdlib.h>
#include <string.h>

struct rse_words {
  uint8_t *bytes;   // the words, one after another
  size_t byte_capacity;
  size_t *ends;     // where word i ends in `bytes`
  uint64_t *counts; // how often word i was added
  size_t capacity;
  size_t count;
  uint32_t *slots;  // numbers of words, open addressing; EMPTY where there is none
  size_t slot_mask;
};

static const uint32_t EMPTY = UINT32_MAX;

rse_words *rse_words_make(void) {
  rse_words *words = calloc(1, sizeof *words);
  if (words == NULL) return NULL;
  words->slot_mask = (1 << 10) - 1;
  words->slots = malloc((words->slot_mask + 1) * sizeof *words->slots);
  if (words->slots == NULL) {
    free(words);
    return NULL;
  }
  memset(words->slots, 0xFF, (words->slot_mask + 1) * sizeof *words->slots);
  return words;
}

void rse_words_free(rse_words *words) {
  if (words == NULL) return;
  free(words->bytes);
  free(words->ends);
  free(words->counts);
  free(words->slots);
  free(words);
}

size_t rse_words_count(const rse_words *words) { return words->count; }

uint64_t rse_words_occurrences(const rse_words *words, uint32_t word) {
  return words->counts[word];
}

const uint8_t *rse_words_bytes(const rse_words *words, uint32_t word, size_t *length) {
  const size_t start = word == 0 ? 0 : words->ends[word - 1];
  *length = words->ends[word] - start;
  return words->bytes + start;
}

static uint64_t hash_of(const uint8_t *bytes, size_t length) {
  uint64_t hash = 0xCBF29CE484222325u ^ length;
  while (length >= 8) {
    uint64_t part;
    memcpy(&part, bytes, 8);
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    bytes += 8;
    length -= 8;
  }
  uint64_t part = 0;
  memcpy(&part, bytes, length);
  hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

// The slot that holds a word, or the empty one where it belongs.
static size_t slot_of(const rse_words *words, const uint8_t *bytes, size_t length) {
  for (size_t slot = hash_of(bytes, length) & words->slot_mask;; slot = (slot + 1) & words->slot_mask) {
    const uint32_t word = words->slots[slot];
    if (word == EMPTY) return slot;
    size_t other;
    const uint8_t *found = rse_words_bytes(words, word, &other);
    if (other == length && memcmp(found, bytes, length) == 0) return slot;
  }
}

uint32_t rse_words_find(const rse_words *words, const uint8_t *bytes, size_t length) {
  return words->slots[slot_of(words, bytes, length)];
}

// Makes room for one more word of that length; returns false if memory runs out.
static bool make_room(rse_words *words, size_t length) {
  if (words->count == words->capacity) {
    const size_t capacity = words->capacity == 0 ? 1 << 10 : 2 * words->capacity;
    size_t *ends = realloc(words->ends, capacity * sizeof *ends);
    if (ends == NULL) return false;
    words->ends = ends;
    uint64_t *counts = realloc(words->counts, capacity * sizeof *counts);
    if (counts == NULL) return false;
    words->counts = counts;
    words->capacity = capacity;
  }
  const size_t used = words->count == 0 ? 0 : words->ends[words->count - 1];
  if (used + length > words->byte_capacity) {
    const size_t capacity = 2 * (used + length) + (1 << 12);
    uint8_t *bytes = realloc(words->bytes, capacity);
    if (bytes == NULL) return false;
    words->bytes = bytes;
    words->byte_capacity = capacity;
  }
  if (2 * words->count < words->slot_mask) return true;
  const size_t mask = 2 * words->slot_mask + 1;
  uint32_t *slots = malloc((mask + 1) * sizeof *slots);
  if (slots == NULL) return false;
  memset(slots, 0xFF, (mask + 1) * sizeof *slots);
  free(words->slots);
  words->slots = slots;
  words->slot_mask = mask;
  for (uint32_t word = 0; word < words->count; word++) {
    size_t size;
    const uint8_t *bytes = rse_words_bytes(words, word, &size);
    words->slots[slot_of(words, bytes, size)] = word;
  }
  return true;
}

uint32_t rse_words_add(rse_words *words, const uint8_t *bytes, size_t length, uint64_t occurrences) {
  if (words->count == EMPTY || !make_room(words, length)) return EMPTY;
  const size_t slot = slot_of(words, bytes, length);
  if (words->slots[slot] != EMPTY) {
    words->counts[words->slots[slot]] += occurrences;
    return words->slots[slot];
  }
  const uint32_t word = (uint32_t)words->count;
  const size_t used = word == 0 ? 0 : words->ends[word - 1];
  memcpy(words->bytes + used, bytes, length);
  words->ends[word] = used + length;
  words->counts[word] = occurrences;
  words->slots[slot] = word;
  words->count++;
  return word;
}

static bool is_blank(uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

size_t rse_words_read(
    rse_words *words, const uint8_t *text, size_t length, bool adds, uint32_t *numbers) {
  size_t count = 0, at = 0;
  while (true) {
    while (at < length && is_blank(text[at])) at++;
    if (at == length) return count;
    const size_t start = at;
    while (at < length && !is_blank(text[at])) at++;
    const uint32_t word = adds ? rse_words_add(words, text + start, at - start, 1)
                               : rse_words_find(words, text + start, at - start);
    if (adds && word == EMPTY) return SIZE_MAX;
    numbers[count++] = word;
  }
}

// Reads a finite decimal number that ends with the line or white space; returns false for anything else. Numbers of up
// to 18 digits without an exponent are computed in double precision; others go through strtof.
static bool read_number(const uint8_t **at, const uint8_t *end, float *value) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const uint8_t *p = *at, *start = p;
  const bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  uint64_t mantissa = 0;
  int digits = 0, decimals = 0;
  while (p < end && *p >= '0' && *p <= '9') mantissa = mantissa * 10 + (*p++ - '0'), digits++;
  if (p < end && *p == '.') {
    p++;
    while (p < end && *p >= '0' && *p <= '9')
      mantissa = mantissa * 10 + (*p++ - '0'), digits++, decimals++;
  }
  if (digits == 0) return false;
  bool is_simple = digits <= 18 && decimals <= 22;
  if (p < end && (*p == 'e' || *p == 'E')) {
    is_simple = false;
    p++;
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end || *p < '0' || *p > '9') return false;
    while (p < end && *p >= '0' && *p <= '9') p++;
  }
  if (p < end && !is_blank(*p)) return false;
  if (is_simple) {
    const double number = (double)mantissa / powers[decimals];
    *value = (float)(negative ? -number : number);
  } else {
    char text[64];
    const size_t size = (size_t)(p - start);
    if (size >= sizeof text) return false;
    memcpy(text, start, size);
    text[size] = 0;
    *value = strtof(text, NULL);
  }
  *at = p;
  return *value - *value == 0;
}

// The start of the last field before `at`; the start of the line if there is none.
static const uint8_t *field_before(const uint8_t *line, const uint8_t *at) {
  while (at > line && is_blank(at[-1])) at--;
  while (at > line && !is_blank(at[-1])) at--;
  return at;
}

size_t rse_vector_size(const uint8_t *line, size_t length) {
  const uint8_t *start = line, *end = line + length;
  while (start < end && is_blank(*start)) start++;
  size_t count = 0;
  for (const uint8_t *at = end;;) {
    const uint8_t *field = field_before(start, at), *p = field;
    float value;
    // The first field of the line is its word, even if it looks like a number.
    if (field == start || !read_number(&p, end, &value)) return count;
    at = field;
    count++;
  }
}

rse_vector_fault rse_vector_line(
    const uint8_t *line, size_t length, size_t dimension, float *values, size_t *word_start,
    size_t *word_length) {
  const uint8_t *start = line, *end = line + length, *at = end;
  while (start < end && is_blank(*start)) start++;
  for (size_t k = dimension; k > 0; k--) {
    const uint8_t *field = field_before(start, at), *p = field;
    if (field == at || !read_number(&p, end, &values[k - 1])) return RSE_VECTOR_NUMBERS;
    at = field;
  }
  while (at > start && is_blank(at[-1])) at--;
  *word_start = (size_t)(start - line);
  *word_length = (size_t)(at - start);
  return at > start ? RSE_VECTOR_WHOLE : RSE_VECTOR_NO_WORD;
}

float rse_quantise_row(size_t count, const float *values, int8_t *out) {
  float largest = 0;
  for (size_t i = 0; i < count; i++) {
    const float size = values[i] < 0 ? -values[i] : values[i];
    if (size > largest) largest = size;
  }
  const float step = largest / 127;
  for (size_t i = 0; i < count; i++) {
    const float steps = step > 0 ? values[i] / step : 0;
    out[i] = (int8_t)(steps < 0 ? steps - 0.5f : steps + 0.5f);
  }
  return step;
}

void rse_quantised_rows(
    size_t count, size_t dimension, const int32_t *rows, const int8_t *table, const float *steps,
    float *out) {
  for (size_t i = 0; i < count; i++, out += dimension) {
    if (rows[i] < 0) {
      memset(out, 0, dimension * sizeof *out);
      continue;
    }
    const int8_t *row = table + (size_t)rows[i] * dimension;
    const float step = steps[rows[i]];
    for (size_t k = 0; k < dimension; k++) out[k] = step * (float)row[k];
  }
}
