// Words of texts by number, and vectors of words; there is one version of these.
#ifndef RSE_WORDS_H
#define RSE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Different words, numbered from 0 in the order in which they were added.
typedef struct rse_words rse_words;

/// No words; NULL without memory.
rse_words *rse_words_make(void);
void rse_words_free(rse_words *words);

size_t rse_words_count(const rse_words *words);
/// How often a word was added.
uint64_t rse_words_occurrences(const rse_words *words, uint32_t word);
/// The bytes of a word, valid until another is added.
const uint8_t *rse_words_bytes(const rse_words *words, uint32_t word, size_t *length);
/// The number of a word; UINT32_MAX if it is not there.
uint32_t rse_words_find(const rse_words *words, const uint8_t *bytes, size_t length);
/// The number of a word, which is added where it is missing; UINT32_MAX without memory.
uint32_t rse_words_add(
    rse_words *words, const uint8_t *bytes, size_t length, uint64_t occurrences);
/// The numbers of the words of a text, which are parted by blanks; missing ones are added, or are
/// UINT32_MAX. There must be room for (length + 1) / 2 numbers. SIZE_MAX without memory.
size_t rse_words_read(
    rse_words *words, const uint8_t *text, size_t length, bool adds, uint32_t *numbers);

/// How many numbers stand at the end of a line, parted by blanks; its first field is none of them.
size_t rse_vector_size(const uint8_t *line, size_t length);

/// Why a line is not a word and its vector.
typedef enum rse_vector_fault {
  RSE_VECTOR_WHOLE,   // it is
  RSE_VECTOR_NUMBERS, // there are not as many finite numbers at its end
  RSE_VECTOR_NO_WORD, // there is no word in front of them
} rse_vector_fault;

/// Reads the numbers at the end of a line; what is in front of them, perhaps with blanks inside, is the word.
rse_vector_fault rse_vector_line(
    const uint8_t *line, size_t length, size_t dimension, float *values, size_t *word_start,
    size_t *word_length);

/// Rounds numbers to whole steps from -127 to 127 of the largest size; gives the step.
float rse_quantise_row(size_t count, const float *values, int8_t *out);

/// Rows of a table of steps as numbers; rows below 0 are zeros.
void rse_quantised_rows(
    size_t count, size_t dimension, const int32_t *rows, const int8_t *table, const float *steps,
    float *out);

#endif
