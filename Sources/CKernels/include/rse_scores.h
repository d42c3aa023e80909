// Scores and labels counted, the same on every machine; there is one version of these.
#ifndef RSE_SCORES_H
#define RSE_SCORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Keys of scores in the order of the scores, those of true labels in `positives`, the others in
/// `negatives`. Both zeros have the same key. False if a score is not a number.
bool rse_split_scores(
    size_t count, const float *scores, const bool *labels, uint32_t *positives, uint32_t *negatives,
    size_t *positive_count);

/// The lower halves of fewer than 2^32 keys in groups by their upper halves; group g ends before
/// `ends[g]`.
void rse_part_keys(size_t count, const uint32_t *keys, uint32_t *ends, uint16_t *lows);

/// Adds 1 to the count of each slot named.
void rse_tally(size_t count, const uint16_t *slots, uint32_t *counts);

/// Adds the counts of 2^16 slots that are coded in unary: for each slot as many ones as it counts,
/// then a zero.
void rse_add_unary(size_t words, const uint64_t *code, uint32_t *counts);

/// Codes counts in unary, in words for as many bits as there are slots and things counted.
void rse_write_unary(const uint32_t *counts, size_t words, uint64_t *code);

/// Takes things out of the counts of 2^16 slots, from the first on, until there are no more or
/// `limit` are taken; writes a key for each and returns their number.
size_t rse_take_keys(uint32_t *counts, uint32_t upper, size_t limit, uint32_t *keys);

/// The sum over 2^16 slots, from the last to the first, of positives * precision, where the
/// precision is that of all scores from the slot on and the totals are those of greater scores.
double rse_precision_sum(
    const uint32_t *positives, const uint32_t *negatives, uint64_t true_positives,
    uint64_t false_positives);

/// Sets of 128 notes, two words each: the scores that reach a threshold.
void rse_pack_scores(size_t frames, const float *scores, float threshold, uint64_t *sets);

/// Sets of 128 notes, two words each: the labels that are true.
void rse_pack_labels(size_t frames, const bool *labels, uint64_t *sets);

/// What two sequences of sets of notes have in all frames together.
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
