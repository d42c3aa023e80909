// Counts of scores and labels, identical on every machine; these functions have a single version.
#ifndef RSE_SCORES_H
#define RSE_SCORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Writes the keys of scores, which sort like the scores: those of true labels to `positives`, the
/// others to `negatives`. Both zeros have the same key. Returns false if a score is NaN.
bool rse_split_scores(
    size_t count, const float *scores, const bool *labels, uint32_t *positives, uint32_t *negatives,
    size_t *positive_count);

/// Writes the lower halves of fewer than 2^32 keys, grouped by their upper halves; group g ends
/// before `ends[g]`.
void rse_part_keys(size_t count, const uint32_t *keys, uint32_t *ends, uint16_t *lows);

/// Adds 1 to the count of each listed slot.
void rse_tally(size_t count, const uint16_t *slots, uint32_t *counts);

/// Adds the unary-coded counts of 2^16 slots: for each slot as many ones as its count, then a zero.
void rse_add_unary(size_t words, const uint64_t *code, uint32_t *counts);

/// Codes counts in unary; the words must have one bit for each slot and for each thing counted.
void rse_write_unary(const uint32_t *counts, size_t words, uint64_t *code);

/// Removes things from the counts of 2^16 slots, from the first slot on, until none is left or
/// `limit` are removed; writes a key for each and returns their number.
size_t rse_take_keys(uint32_t *counts, uint32_t upper, size_t limit, uint32_t *keys);

/// The sum over 2^16 slots, from the last to the first, of positives * precision, where the
/// precision is that of all scores from the slot up, and the totals are those of greater scores.
double rse_precision_sum(
    const uint32_t *positives, const uint32_t *negatives, uint64_t true_positives,
    uint64_t false_positives);

/// Sets of 128 notes, two words each: the scores that reach a threshold.
void rse_pack_scores(size_t frames, const float *scores, float threshold, uint64_t *sets);

/// Sets of 128 notes, two words each: the labels that are true.
void rse_pack_labels(size_t frames, const bool *labels, uint64_t *sets);

/// The counts of two sequences of note sets, summed over all frames.
typedef struct {
  uint64_t reference, estimate; // notes
  uint64_t common;              // notes that both have
  uint64_t common_chroma;       // the same where octaves do not count
  uint64_t smaller;             // the smaller number of notes of each frame
} rse_frame_counts;

/// Counts frames of 128 notes, two words each.
void rse_count_frames(
    size_t frames, const uint64_t *reference, const uint64_t *estimate, rse_frame_counts *counts);

#endif
