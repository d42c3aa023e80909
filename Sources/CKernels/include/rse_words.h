// Words of texts by number, and word vectors; these functions have a single version.
#ifndef RSE_WORDS_H
#define RSE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A set of words, numbered from 0 in the order in which they were added.
typedef struct rse_words rse_words;

/// Creates an empty set; returns NULL if memory runs out.
rse_words *rse_words_make(void);
void rse_words_free(rse_words *words);

size_t rse_words_count(const rse_words *words);
/// The number of times a word was added.
uint64_t rse_words_occurrences(const rse_words *words, uint32_t word);
/// The bytes of a word, valid until another is added.
const uint8_t *rse_words_bytes(const rse_words *words, uint32_t word, size_t *length);
/// The number of a word; UINT32_MAX if it is not in the set.
uint32_t rse_words_find(const rse_words *words, const uint8_t *bytes, size_t length);
/// Returns the number of a word, adding it if it is missing; UINT32_MAX if memory runs out.
uint32_t rse_words_add(
    rse_words *words, const uint8_t *bytes, size_t length, uint64_t occurrences);
/// Writes the numbers of the words of a text, which white space separates, and returns their count.
/// Missing words are added if `adds`, else their number is UINT32_MAX. There must be space for
/// (length + 1) / 2 numbers. Returns SIZE_MAX if memory runs out.
size_t rse_words_read(
    rse_words *words, const uint8_t *text, size_t length, bool adds, uint32_t *numbers);

/// The number of numbers at the end of a line, separated by white space; its first field does not count.
size_t rse_vector_size(const uint8_t *line, size_t length);

/// The reason why a line is not a word and its vector.
typedef enum rse_vector_fault {
  RSE_VECTOR_WHOLE,   // it is
  RSE_VECTOR_NUMBERS, // there are not as many finite numbers at its end
  RSE_VECTOR_NO_WORD, // there is no word in front of them
} rse_vector_fault;

/// Reads the numbers at the end of a line; the text before them, possibly with spaces inside, is the word.
rse_vector_fault rse_vector_line(
    const uint8_t *line, size_t length, size_t dimension, float *values, size_t *word_start,
    size_t *word_length);

/// Quantises numbers to whole steps from -127 to 127, scaled by the largest magnitude; returns the step.
float rse_quantise_row(size_t count, const float *values, int8_t *out);

/// Converts rows of a quantised table to floats; rows below 0 become zeros.
void rse_quantised_rows(
    size_t count, size_t dimension, const int32_t *rows, const int8_t *table, const float *steps,
    float *out);

#endif
