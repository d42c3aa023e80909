// Arguments of kernels: named fields where there are more than a few.
//
// All matrices are row-major float32 without padding unless a stride is named. `rows` counts pairs of
// positions inside one example (or a part of one), `maps` the floats of a position, `channels`
// columns. Written memory overlaps no other argument.
#ifndef RSE_KERNEL_ARGUMENTS_H
#define RSE_KERNEL_ARGUMENTS_H

#include <stddef.h>
#include <stdint.h>

/// The number of columns of one panel of a panelled matrix; see product.inc.
enum { RSE_PANEL = 32 };

// norm.inc

/// The factors of dh = a dy + b y + c, the backward pass of a norm over the positions of an example.
typedef struct {
  size_t channels, count;        // count: positions of the example
  const float *scale, *offset;   // of the forward pass
  const float *sum_dy, *sum_dyy; // column sums of dy and of dy * y
  float *a, *b, *c;
  float *d_offset;               // added to
} rse_norm_backward_factors;

// product.inc

/// An operand of a product on panels, in blocks of its inner index. For a left operand, element (i,
/// k) is at `i * row + k % RSE_PANEL + k / RSE_PANEL * block`: row-major with block RSE_PANEL;
/// panelled, of r rows, with row RSE_PANEL and block r times that. For an outer product, row k
/// begins at `k % rows * row + k / rows * block` for blocks of `rows` rows.
typedef struct {
  const float *values;
  size_t row, block;
} rse_operand;

/// C = A B or += A B.
typedef struct {
  size_t rows, columns, inner;
  rse_operand a;
  const float *b;                // the first `inner` rows of the panels of [b_rows, columns]
  size_t b_rows;
  float *c;                      // [rows, columns]
  size_t c_row;                  // floats from one row of C to the next
  int accumulates;
} rse_panel_product;

/// The panels of factor * B, or of its transpose, for B of [rows, columns].
typedef struct {
  size_t rows, columns;
  const float *b;
  size_t b_row;                  // floats from one row of B to the next
  int transposes;
  float factor;
  float *out;
} rse_packing;

/// C += A^T B for A of [inner, rows] and B of [inner, columns].
typedef struct {
  size_t rows, columns, inner;   // columns: at most RSE_PANEL, all of which can be read in B
  size_t block_rows;             // rows of a block of A and of B
  rse_operand a, b;
  float *c;
  size_t c_row;                  // floats from one row of C to the next
} rse_outer_product;

/// C += A^T B for row-major A of [inner, rows] and B of [inner, columns], whose rows are `a_row` and
/// `b_row` floats apart.
typedef struct {
  size_t rows, columns, inner;
  const float *a;
  size_t a_row;
  const float *b;
  size_t b_row;
  float *c;
  size_t c_row;                  // floats from one row of C to the next
} rse_matrix_outer_product;

// panel.inc: panels of `examples` examples of `rows` rows each

/// Norm over positions and gelu: h becomes y = scale h + shift, g = gelu(y).
typedef struct {
  size_t examples, rows;
  float *h;
  const float *offset;
  float *scale, *shift;          // written: those of the first example
  size_t step;                   // floats from the scale or shift of one example to the next
  float *g;
} rse_panel_norm;

/// The backward passes of gelu and of a norm over positions: d holds the gradient of gelu(y) on
/// entry and that of h on exit; g = weight gelu(y).
typedef struct {
  size_t examples, rows;
  const float *y;
  float *d, *g;
  float weight;
  const float *scale;            // of the first example
  size_t step;                   // floats from the scale of one example to the next
  const float *offset;
  float *d_offset;               // added to
} rse_panel_norm_backward;

/// The same for a norm over the features of each row of all panels of [rows, channels].
typedef struct {
  size_t rows, channels;
  const float *y;
  float *d, *g;
  float weight;
  const float *factor;           // of each row
  float *d_offset;               // of whole panels; added to
} rse_panel_feature_norm_backward;

// switch.inc

/// Dropout as a pure function of (key, element index): element i is dropped if its hash is
/// below `threshold`; survivors are multiplied by `scale`. A threshold of 0 drops nothing.
typedef struct {
  uint32_t key0, key1;
  uint32_t threshold;
  float scale;
} rse_dropout;

/// The offsets of the two vectors of consecutive pairs in a shuffled sequence: pair r has its first
/// vector at `first + r * stride` and its second at `second + r * stride` (in floats).
typedef struct {
  size_t first, second, stride;
} rse_pair_layout;

/// The last step of a switch layer: out = dropout(gate x + (candidate + bias)), at its shuffled positions.
typedef struct {
  size_t rows, maps;
  const float *x, *candidate;    // [rows, 2 maps]
  const float *gate, *bias;      // [2 maps]
  float *out;
  rse_pair_layout layout;
  rse_dropout dropout;
  uint32_t element;              // index of x[0] among those that dropout counts
} rse_switch_epilogue;

/// Its backward pass: dy = dropout(d_out), read from the shuffled positions, and dx = gate dy.
typedef struct {
  size_t rows, maps;
  const float *d_out;
  rse_pair_layout layout;
  const float *x;                // [rows, 2 maps]
  const float *gate;             // [2 maps]
  rse_dropout dropout;
  uint32_t element;              // index of x[0] among those that dropout counts
  float *dy, *dx;                // [rows, 2 maps]
  float *sum_dy, *sum_dyx;       // column sums of dy and of dy * x; added to
} rse_switch_gather;

// gated.inc

/// The gradients of z a + (1 - z) b.
typedef struct {
  size_t count;
  const float *z, *a, *b, *d_out;
  float *dz, *da, *db;
} rse_blend_backward;

// attention.inc

/// normed = (x - mean) * factor of each row, y = gain normed + offset.
typedef struct {
  size_t rows, channels;
  const float *x, *gain, *offset;
  float epsilon;                 // added to the variance
  float *normed, *factor, *y;
} rse_layer_norm;

// loss.inc and music.inc

/// Softmax cross-entropy of one example with smoothed labels.
typedef struct {
  size_t positions, classes;
  const float *logits;           // [positions, classes]
  const int32_t *labels;         // below `classes`
  float smoothing;               // the share of the target beside the label
  float blank_weight;            // of positions labelled 0; others weigh 1
  float scale;                   // what the gradient is multiplied by
  float *d_logits;               // NULL: not wanted
  int32_t *predictions;
} rse_symbol_loss;

/// Softmax cross-entropy over the positions of one example; their scores are the logits of a class.
typedef struct {
  size_t positions, classes;
  size_t scored;                 // the class whose logits are the scores
  const float *logits;           // [positions, classes]
  const int32_t *labels;
  float smoothing;               // the share of the target that lies evenly on all positions
  float scale;                   // what the gradient is multiplied by
  float *d_logits;               // zeros; NULL: not wanted
  int32_t *best;                 // the position of the highest score, the first of equals
} rse_pointer_loss;

/// Sigmoid cross-entropy of z + shift.
typedef struct {
  size_t count;
  const float *z;
  float shift;
  const uint8_t *flags;          // NULL: none is set
  float on, off;                 // targets where a flag is set, and elsewhere
  float scale;                   // what the gradient is multiplied by
  float *dz;                     // added to; NULL: not wanted
} rse_note_loss;

/// Sigmoid cross-entropy of z with targets from 0 to 1, each with a weight.
typedef struct {
  size_t count;
  const float *z, *targets, *weights;
  float scale;                   // what the gradient is multiplied by
  float *dz;                     // NULL: not wanted
} rse_soft_entropy;

/// A value that a key reads: in the row `shift` rows after the key's own, and in a column; a column below 0 reads 0.
typedef struct {
  int32_t shift, column;
} rse_tap;

/// The values that taps read at rows of an example of [rows, columns]; beyond its ends they read the first or last row.
typedef struct {
  size_t rows, columns;
  size_t first, count;           // the rows for which they read
  size_t taps;
  const rse_tap *tap;
  const float *x;
  float *out;                    // [count, taps]
} rse_tap_reading;

// radam.inc

/// The factors of one RAdam step of one variable.
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

// synthesis.inc

/// One sine wave of a note: level * e^(-decay t) * sin(2 pi (phase + step t)), t samples after its
/// onset.
typedef struct {
  double step;   // turns per sample
  float phase;   // in turns
  float level;   // not negative
  float decay;   // per sample
} rse_partial;

/// The maximum number of partials of a note.
enum { RSE_PARTIALS = 64 };

/// The common properties of a note's partials. Times are in samples since the onset.
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

/// The room's effect on the sound, between the instruments and the recording.
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

// spectrum.inc

/// The bins of a band of a spectrum, and the index of the first of their weights.
typedef struct {
  uint32_t first, count, weights;
} rse_band;

#endif
