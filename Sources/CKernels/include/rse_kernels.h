// Elementwise and reduction kernels of the RSE runtime.
//
// Every function exists once per instruction set; `rse_kernels()` gives the table of the one in use.
// All matrices are row-major float32 without gaps unless a stride is named. `rows` counts pairs of
// positions inside one example (or a part of one), `m` maps per position, `channels` columns.
#ifndef RSE_KERNELS_H
#define RSE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Dropout that is a pure function of (key, element index): element i is dropped when its hash is
/// below `threshold`; survivors are multiplied by `scale`. A threshold of 0 drops nothing.
typedef struct {
  uint32_t key0, key1;
  uint32_t threshold;
  float scale;
} rse_dropout;

/// Where the two m-vectors of consecutive pairs lie in a shuffled sequence: pair r has its first
/// vector at `first + r * stride` and its second at `second + r * stride` (in floats).
typedef struct {
  size_t first, second, stride;
} rse_pair_layout;

/// Columns of one panel of a panelled matrix, see product.inc.
enum { RSE_PANEL = 32 };

/// An operand of a product on panels, in blocks of its inner index. Of a left operand, element (i, k) lies at
/// `i * row + k % RSE_PANEL + k / RSE_PANEL * block`: row-major with block RSE_PANEL; panelled, of r rows,
/// with row RSE_PANEL and block r times that. Of an outer product, row k begins at `k % rows * row +
/// k / rows * block` for blocks of `rows` rows.
typedef struct {
  const float *values;
  size_t row, block;
} rse_operand;

/// Factors of one RAdam step of one variable.
typedef struct {
  float clip;         // factor that brings the gradient to its norm limit (1: unchanged)
  float beta1, beta2; // decay of the two moments
  float correction1;  // 1 - beta1^t
  float correction2;  // 1 - beta2^t
  float epsilon;
  float rectifier;    // r of the paper, 1 while the variance is not tractable
  float decay;        // weight decay (0: none)
  float rate;         // learning rate of this step
  int divides;        // tables only: 1 once the variance is tractable (t >= 6)
} rse_radam_step;

/// One sine wave of a note: level * e^(-decay t) * sin(2 pi (phase + step t)), t samples after the onset.
typedef struct {
  double step;   // turns per sample
  float phase;   // in turns
  float level;   // not negative
  float decay;   // per sample
} rse_partial;

/// Partials of a note at most.
enum { RSE_PARTIALS = 64 };

/// Bins of a spectrum that belong together, and the first of their weights.
typedef struct {
  uint32_t first, count, weights;
} rse_band;

/// What the partials of a note have in common. Times are in samples since the onset.
typedef struct {
  double held;          // when the release begins; positive
  float attack;         // how long the sound rises; positive
  float release;        // the time in which the release falls to 1/e; positive
  float swell;          // by how much the sound grows until the release, relative
  float vibrato_step;   // turns per sample
  float vibrato_reach;  // largest shift of the time by vibrato
  float vibrato_onset;  // 1 / the time in which vibrato sets in
  float tremolo;        // relative change of the level along with vibrato
  float noise, burst;   // lasting noise, and noise of the beginning
  float burst_decay;    // per sample
  float noise_pitch;    // 2 sin(pi f) of the band's middle f, turns per sample; at most 1
  float noise_width;    // relative width of the band
  uint32_t noise_key;
} rse_note;

/// The way from the instruments to the recording.
typedef struct {
  float low, high;      // factors below and above the shelf
  float shelf_step;     // 1 - e^(-2 pi f) of the shelf's corner f, turns per sample
  uint32_t delays[6];   // of four combs and two allpasses, in samples; 1 ... mask
  float feedback[4];    // of the combs, below 1
  float damping;        // one minus what each echo keeps of the echo before in its highs
  float wet;            // share of the reverberation
  float hiss;           // level of noise
  uint32_t hiss_key;
} rse_room;

typedef struct {
  const char *name;

  // gelu.inc: g = x * sigmoid(1.702 x)
  void (*gelu_forward)(size_t count, const float *x, float *g);
  void (*gelu_backward)(size_t count, const float *x, const float *dg, float *dx);

  // norm.inc: normalisation over positions
  void (*column_moments)(size_t rows, size_t channels, const float *h, float *mean, float *m2);
  void (*merge_moments)(
      size_t channels, size_t count, float *mean, float *m2, size_t other_count,
      const float *other_mean, const float *other_m2);
  void (*norm_scale_shift)(
      size_t channels, size_t count, const float *mean, const float *m2, const float *offset,
      float *scale, float *shift);
  void (*scale_shift)(size_t rows, size_t channels, float *h, const float *scale, const float *shift);
  void (*norm_backward_sums)(
      size_t rows, size_t channels, const float *y, const float *dy, float *sum_dy, float *sum_dyy);
  void (*norm_backward_factors)(
      size_t channels, size_t count, const float *scale, const float *offset, const float *sum_dy,
      const float *sum_dyy, float *a, float *b, float *c, float *d_offset);
  void (*norm_backward_apply)(
      size_t rows, size_t channels, const float *y, float *dy, const float *a, const float *b,
      const float *c);

  // product.inc: matrix products on panels
  void (*pack_panels)(
      size_t rows, size_t columns, const float *b, int transposes, float factor, float *out);
  void (*multiply_panel)(
      size_t rows, size_t inner, rse_operand a, const float *b, float *c);
  void (*multiply_panels)(
      size_t rows, size_t columns, size_t inner, rse_operand a, const float *b,
      size_t b_rows, float *c, int accumulates);
  void (*add_outer_panel)(
      size_t rows, size_t columns, size_t inner, size_t block_rows, rse_operand a, rse_operand b,
      float *c, size_t c_row);

  // panel.inc: norm and gelu on one panel
  void (*panel_moments)(size_t rows, const float *h, float *mean, float *m2);
  void (*panel_scale_shift)(
      size_t examples, size_t rows, float *h, const float *scale, const float *shift, size_t step);
  void (*panel_scale_shift_gelu)(
      size_t rows, float *h, const float *scale, const float *shift, int keeps, float *g);
  void (*panel_norm_gelu)(
      size_t examples, size_t rows, float *h, const float *offset, float *scale, float *shift,
      size_t step, float *g);
  void (*panel_gelu_backward)(
      size_t rows, const float *y, float *d, float weight, float *g, float *sum_d, float *sum_dy);
  void (*panel_norm_backward_apply)(
      size_t rows, const float *y, float *d, const float *a, const float *b, const float *c);
  void (*panel_norm_gelu_backward)(
      size_t examples, size_t rows, const float *y, float *d, float weight, float *g,
      const float *scale, size_t step, const float *offset, float *d_offset);
  void (*panel_feature_norm_gelu)(
      size_t rows, size_t channels, float *h, const float *offset, float *factor, float *g);
  void (*panel_feature_norm_gelu_backward)(
      size_t rows, size_t channels, const float *y, float *d, float weight, float *g,
      const float *factor, float *d_offset);

  // norm.inc: normalisation over the features of one position
  void (*feature_norm_forward)(
      size_t rows, size_t channels, float *h, const float *offset, float *factor);
  void (*feature_norm_backward)(
      size_t rows, size_t channels, const float *y, float *dy, const float *factor,
      float *d_offset);

  // switch.inc
  void (*switch_epilogue)(
      size_t rows, size_t m, const float *x, const float *candidate, const float *gate,
      const float *bias, float *out, rse_pair_layout layout, rse_dropout dropout, uint32_t element);
  void (*store_pairs)(
      size_t rows, size_t m, const float *values, rse_pair_layout layout, float *out);
  void (*load_pairs)(
      size_t rows, size_t m, const float *out, rse_pair_layout layout, float *values);
  void (*switch_gather)(
      size_t rows, size_t m, const float *d_out, rse_pair_layout layout, const float *x,
      const float *gate, rse_dropout dropout, uint32_t element, float *dy, float *dx,
      float *sum_dy, float *sum_dyx);

  // elementwise.inc
  void (*add_into)(size_t count, const float *x, float *sum);
  void (*add_scaled)(size_t count, float factor, const float *x, float *sum);
  void (*add_row)(size_t rows, size_t channels, const float *row, float *x);
  void (*sum_rows)(size_t rows, size_t channels, const float *x, float *sums);
  void (*multiply_row)(size_t rows, size_t channels, const float *row, const float *x, float *out);
  void (*sum_products)(size_t rows, size_t channels, const float *x, const float *y, float *sums);
  void (*dropout)(size_t count, const float *x, float *out, rse_dropout dropout, uint32_t element);
  void (*double_gate)(size_t count, const float *w, float *gate);
  void (*row_distances)(
      size_t rows, size_t columns, const float *a, const float *b, size_t b_step, float *out);

  // gated.inc
  void (*sigmoid_forward)(size_t count, const float *x, float shift, float *y);
  void (*sigmoid_backward)(size_t count, const float *y, const float *dy, float *dx);
  void (*tanh_forward)(size_t count, const float *x, float factor, float *y);
  void (*tanh_backward)(
      size_t count, const float *y, const float *dy, float factor, float *dx);
  void (*multiply)(size_t count, const float *x, const float *y, float *out);
  void (*add_product_row)(
      size_t rows, size_t channels, const float *x, const float *row, float *sum);
  void (*blend_forward)(
      size_t count, const float *z, const float *a, const float *b, float *out);
  void (*blend_backward)(
      size_t count, const float *z, const float *a, const float *b, const float *dout, float *dz,
      float *da, float *db);
  void (*swap_pairs)(size_t pairs, size_t m, size_t half, const float *x, float *out);
  void (*copy_columns)(
      size_t rows, size_t columns, const float *x, size_t x_step, float *out, size_t out_step);

  // recurrent.inc
  void (*lstm_forward)(
      size_t h, const float *x, const float *pre, float *kept, float *c, float *out);
  void (*lstm_backward)(
      size_t h, const float *kept, const float *c_before, const float *dout, float *dh, float *dc,
      float *dpre);
  void (*gru_forward)(
      size_t h, const float *x, const float *pre, const float *before, float *kept, float *out);
  void (*gru_backward)(
      size_t h, const float *kept, const float *before, const float *dout, float *dh, float *dx,
      float *dpre);

  // attention.inc
  void (*layer_norm_forward)(
      size_t rows, size_t channels, const float *x, const float *gain, const float *offset,
      float epsilon, float *normed, float *factor, float *y);
  void (*layer_norm_backward)(
      size_t rows, size_t channels, const float *normed, const float *factor, const float *gain,
      const float *dy, float *dx);
  void (*softmax_rows)(size_t rows, size_t columns, float scale, float *x);
  void (*softmax_rows_backward)(
      size_t rows, size_t columns, float scale, const float *p, float *d);
  void (*add_columns)(
      size_t rows, size_t columns, const float *x, size_t x_step, float *out, size_t out_step);
  void (*position_code)(size_t rows, size_t channels, size_t first, float *out);

  // table.inc: lookup of rows
  void (*lookup)(size_t count, size_t m, const float *table, const int32_t *symbols, float *out);
  void (*scatter_add)(size_t count, size_t m, const float *x, const int32_t *symbols, float *table);

  // loss.inc: label-smoothed, blank-weighted cross-entropy of one example
  void (*argmax)(size_t rows, size_t classes, const float *x, int32_t *out);
  double (*symbol_loss)(
      size_t positions, size_t classes, const float *logits, const int32_t *labels,
      float smoothing, float blank_weight, float scale, float *d_logits, int32_t *predictions);
  double (*pointer_loss)(
      size_t positions, size_t classes, size_t class, const float *logits, const int32_t *labels,
      float smoothing, float scale, float *d_logits, int32_t *best);

  // music.inc: strided convolutions and the cross-entropy of notes
  void (*strided_windows)(size_t positions, size_t channels, const float *x, float *out);
  void (*add_strided_windows)(size_t positions, size_t channels, const float *d_out, float *dx);
  double (*note_loss)(
      size_t count, const float *z, float shift, const uint8_t *flags, float on, float off,
      float scale, float *dz);

  // radam.inc
  double (*sum)(size_t count, const float *x);
  double (*sum_of_squares)(size_t count, const float *x);
  void (*radam)(
      size_t count, const float *gradient, float *m, float *v, float *w, rse_radam_step step);
  void (*radam_table)(
      size_t count, const float *gradient, float *m, float *v, float *w, rse_radam_step step);

  // samples.inc: samples of sound files
  void (*mix_channels)(size_t frames, size_t channels, const float *x, float *out);
  size_t (*first_unbounded)(size_t count, const float *x);

  // synthesis.inc: sounds of notes
  void (*add_note)(
      size_t count, size_t partial_count, const rse_partial *partials, const rse_note *note,
      double start, float *out);
  void (*add_room)(
      size_t count, const rse_room *room, uint32_t mask, float *lines, float *out);
  float (*peak)(size_t count, const float *x);
  void (*scale)(size_t count, float factor, float *x);
  void (*resample_cubic)(size_t count, const float *x, double start, double step, float *out);
  void (*add_noise)(size_t count, float deviation, uint32_t key, float *out);

  // spectrum.inc: loudness of pitches
  void (*band_loudness)(
      size_t count, const rse_band *bands, const float *weights, const float *bins, float scale,
      float factor, float *out);
} rse_kernel_table;

/// The table for an instruction set (`avx512`, `avx2`, `baseline`), or NULL if this machine cannot run it.
const rse_kernel_table *rse_kernels_named(const char *name);

/// The fastest table that this machine can run.
const rse_kernel_table *rse_kernels_best(void);

// random.c: whole numbers, the same on every machine; there is one version of these.

/// A sequence of random words: the blocks of Philox 4x32-10 at the counters (position, high), each read from its
/// first word to its last. `unread` words of `block` are left.
typedef struct {
  uint64_t position;
  uint32_t key[2], high[2], block[4];
  uint32_t unread;
} rse_random_stream;

/// The block function of Philox 4x32-10.
void rse_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

/// The next 32 random bits.
uint32_t rse_random_next(rse_random_stream *stream);

/// A number in 0 ..< bound without bias (Lemire's method).
uint32_t rse_random_index(rse_random_stream *stream, uint32_t bound);

/// `count` symbols in 1 ... bound, each drawn by `rse_random_index`.
void rse_random_symbols(rse_random_stream *stream, uint32_t bound, int count, int32_t *symbols);

/// `count` symbols, each 1 more than the bits of a word that the mask keeps.
void rse_random_bits(rse_random_stream *stream, uint32_t mask, int count, int32_t *symbols);

// scores.c: scores and labels counted, the same on every machine; there is one version of these.

/// Keys of scores in the order of the scores, those of true labels in `positives`, the others in `negatives`.
/// Both zeros have the same key. False if a score is not a number.
bool rse_split_scores(
    size_t count, const float *scores, const bool *labels, uint32_t *positives, uint32_t *negatives,
    size_t *positive_count);

/// The lower halves of fewer than 2^32 keys in groups by their upper halves; group g ends before `ends[g]`.
void rse_part_keys(size_t count, const uint32_t *keys, uint32_t *ends, uint16_t *lows);

/// Adds 1 to the count of each slot named.
void rse_tally(size_t count, const uint16_t *slots, uint32_t *counts);

/// Adds the counts of 2^16 slots that are coded in unary: for each slot as many ones as it counts, then a zero.
void rse_add_unary(size_t words, const uint64_t *code, uint32_t *counts);

/// Codes counts in unary, in words for as many bits as there are slots and things counted.
void rse_write_unary(const uint32_t *counts, size_t words, uint64_t *code);

/// Takes things out of the counts of 2^16 slots, from the first on, until there are no more or `limit` are taken;
/// writes a key for each and returns their number.
size_t rse_take_keys(uint32_t *counts, uint32_t upper, size_t limit, uint32_t *keys);

/// The sum over 2^16 slots, from the last to the first, of positives * precision, where the precision is that of
/// all scores from the slot on and the totals are those of greater scores.
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

// words.c: words of texts by number, and vectors of words; there is one version of these.

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
/// The numbers of the words of a text, which are parted by blanks; missing ones are added, or are UINT32_MAX. There
/// must be room for (length + 1) / 2 numbers. SIZE_MAX without memory.
size_t rse_words_read(
    rse_words *words, const uint8_t *text, size_t length, bool adds, uint32_t *numbers);

/// Reads a word and its numbers, parted by blanks; gives how many numbers there are, of which the first `dimension`
/// are kept, or SIZE_MAX where something is no finite number.
size_t rse_vector_line(
    const uint8_t *line, size_t length, size_t dimension, float *values, size_t *word_length);

/// Rounds numbers to whole steps from -127 to 127 of the largest size; gives the step.
float rse_quantise_row(size_t count, const float *values, int8_t *out);

/// Rows of a table of steps as numbers; rows below 0 are zeros.
void rse_quantised_rows(
    size_t count, size_t dimension, const int32_t *rows, const int8_t *table, const float *steps,
    float *out);

// checksum.c

/// The CRC-32C (Castagnoli) of bytes.
uint32_t rse_crc32c(const uint8_t *bytes, size_t length);

#endif
