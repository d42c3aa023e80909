// Cases of loss.inc, music.inc and radam.inc.
#include "trial.h"

CASE(argmax) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, rows * columns);
    t->kernels->argmax(rows, columns, x, rse_room_for_words(t, rows));
  }
}

CASE(symbol_loss) {
  EACH_EXTENT(positions, classes) {
    rse_symbol_loss l = {.positions = positions, .classes = classes, .blank_weight = 0.01f};
    l.smoothing = at % 2 == 0 ? 0.1f : 0;
    l.scale = rse_between(t, 0.1f, 2);
    l.logits = rse_numbers(t, positions * classes);
    l.labels = rse_indices(t, positions, (uint32_t)classes);
    if (at % 3 != 0) l.d_logits = rse_room_for(t, positions * classes);
    l.predictions = rse_room_for_words(t, positions);
    rse_digest_double(t, t->kernels->symbol_loss(l));
  }
}

CASE(pointer_loss) {
  EACH_EXTENT(positions, classes) {
    if (positions == 0) continue;
    rse_pointer_loss l = {.positions = positions, .classes = classes};
    l.scored = rse_below(t, (uint32_t)classes);
    l.smoothing = at % 2 == 0 ? 0.1f : 0;
    l.scale = rse_between(t, 0.1f, 2);
    l.logits = rse_numbers(t, positions * classes);
    l.labels = rse_indices(t, positions, (uint32_t)classes);
    if (at % 3 != 0) l.d_logits = rse_zeros(t, positions * classes);
    l.best = rse_room_for_words(t, 1);
    rse_digest_double(t, t->kernels->pointer_loss(l));
  }
}

CASE(strided_windows) {
  EACH_EXTENT(pairs, channels) {
    const float *x = rse_numbers(t, 2 * pairs * channels);
    float *out = rse_room_for(t, 4 * pairs * channels);
    t->kernels->strided_windows(2 * pairs, channels, x, out);
  }
}

CASE(add_strided_windows) {
  EACH_EXTENT(pairs, channels) {
    const float *d_out = rse_numbers(t, 4 * pairs * channels);
    float *dx = rse_changed(t, 2 * pairs * channels);
    t->kernels->add_strided_windows(2 * pairs, channels, d_out, dx);
  }
}

CASE(note_loss) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    rse_note_loss l = {.count = n, .on = 0.95f, .off = 0.02f};
    l.shift = rse_between(t, -2, 2);
    l.scale = rse_between(t, 0.1f, 2);
    l.z = rse_numbers(t, n);
    uint8_t *flags = rse_input(t, n);
    for (size_t i = 0; i < n; i++) flags[i] = rse_below(t, 4) == 0;
    if (at % 4 != 0) l.flags = flags;
    if (at % 3 != 0) l.dz = rse_changed(t, n);
    rse_digest_double(t, t->kernels->note_loss(l));
  }
}

CASE(soft_entropy) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    rse_soft_entropy l = {.count = n, .scale = rse_between(t, 0.1f, 2)};
    l.z = rse_numbers(t, n);
    l.targets = rse_evenly(t, n, 0, 1);
    l.weights = rse_evenly(t, n, 0, 2);
    if (at % 3 != 0) l.dz = rse_room_for(t, n);
    rse_digest_double(t, t->kernels->soft_entropy(l));
  }
}

CASE(read_taps) {
  EACH_EXTENT(rows, columns) {
    if (rows == 0) continue;
    rse_tap taps[5];
    for (size_t k = 0; k < 5; k++)
      taps[k] = (rse_tap){(int32_t)rse_below(t, 9) - 4, (int32_t)rse_below(t, (uint32_t)columns + 1) - 1};
    rse_tap_reading r = {.rows = rows, .columns = columns, .taps = 5, .tap = taps};
    r.first = rse_below(t, (uint32_t)rows);
    r.count = rows - r.first;
    r.x = rse_numbers(t, rows * columns);
    r.out = rse_room_for(t, r.count * 5);
    t->kernels->read_taps(r);
  }
}

CASE(sum) { EACH_COUNT(n) rse_digest_double(t, t->kernels->sum(n, rse_numbers(t, n))); }

CASE(sum_of_squares) {
  EACH_COUNT(n) rse_digest_double(t, t->kernels->sum_of_squares(n, rse_numbers(t, n)));
}

// An early step and a late one.
static rse_radam_step step_of(size_t at) {
  const rse_radam_step early = {
      .clip = 1,
      .beta1 = 0.9f,
      .beta2 = 0.98f,
      .correction1 = 0.1f,
      .correction2 = 0.02f,
      .epsilon = 1e-5f,
      .rectifier = 1,
      .rate = 0.003f};
  const rse_radam_step late = {
      .clip = 0.37f,
      .beta1 = 0.9f,
      .beta2 = 0.98f,
      .correction1 = 0.9961f,
      .correction2 = 0.6703f,
      .epsilon = 1e-5f,
      .rectifier = 0.5127f,
      .decay = 0.01f,
      .rate = 0.0007f,
      .divides = 1};
  return at % 2 == 0 ? early : late;
}

CASE(radam) {
  EACH_COUNT(n) {
    const float *gradient = rse_numbers(t, n);
    float *m = rse_changed(t, n), *v = rse_changed_magnitudes(t, n), *w = rse_changed(t, n);
    t->kernels->radam(n, gradient, m, v, w, step_of(at));
  }
}

CASE(radam_table) {
  EACH_COUNT(n) {
    const float *gradient = rse_numbers(t, n);
    float *m = rse_changed(t, n), *v = rse_changed_magnitudes(t, n), *w = rse_changed(t, n);
    t->kernels->radam_table(n, gradient, m, v, w, step_of(at));
  }
}
