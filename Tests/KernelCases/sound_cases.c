// Cases of samples.inc, synthesis.inc and spectrum.inc.
#include <math.h>

#include "trial.h"

CASE(mix_channels) {
  EACH_EXTENT(frames, columns) {
    const size_t channels = 1 + columns % 6;
    const float *x = rse_numbers(t, frames * channels);
    t->kernels->mix_channels(frames, channels, x, rse_room_for(t, frames));
  }
}

CASE(first_unbounded) {
  EACH_COUNT(n) {
    float *x = rse_changed(t, n);
    if (n > 0 && at % 3 != 0) x[rse_below(t, (uint32_t)n)] = at % 2 == 0 ? NAN : -INFINITY;
    rse_digest_bits(t, t->kernels->first_unbounded(n, x));
  }
}

static void draw_partials(rse_trial *t, size_t count, rse_partial *partials) {
  for (size_t k = 0; k < count; k++) {
    partials[k].step = (double)rse_between(t, 1e-3f, 0.4f);
    partials[k].phase = rse_between(t, 0, 1);
    partials[k].level = rse_between(t, 0, 0.3f);
    partials[k].decay = rse_between(t, 0, 3e-3f);
  }
}

static rse_note drawn_note(rse_trial *t, size_t at) {
  rse_note note;
  note.held = (double)rse_between(t, 1, 400);
  note.attack = rse_between(t, 1, 100);
  note.release = rse_between(t, 1, 60);
  note.swell = rse_between(t, 0, 1);
  note.vibrato_step = rse_between(t, 0, 1e-2f);
  note.vibrato_reach = rse_between(t, 0, 4);
  note.vibrato_onset = rse_between(t, 1e-3f, 0.1f);
  note.tremolo = rse_between(t, 0, 0.5f);
  note.noise = at % 3 == 0 ? 0 : rse_between(t, 0, 0.1f);
  note.burst = at % 3 == 0 ? 0 : rse_between(t, 0, 0.5f);
  note.burst_decay = rse_between(t, 0, 0.1f);
  note.noise_pitch = rse_between(t, 0.1f, 1);
  note.noise_width = rse_between(t, 0.1f, 1);
  note.noise_key = (uint32_t)rse_bits(t);
  return note;
}

CASE(add_note) {
  EACH_COUNT(n) {
    rse_partial partials[RSE_PARTIALS];
    const size_t count = at * 5 % (RSE_PARTIALS + 1);
    draw_partials(t, count, partials);
    const rse_note note = drawn_note(t, at);
    const double start = (double)rse_between(t, 0, 1);
    t->kernels->add_note(n, count, partials, &note, start, rse_changed(t, n));
  }
}

CASE(add_room) {
  EACH_COUNT(n) {
    const uint32_t mask = at % 2 == 0 ? 15 : 127;
    rse_room room;
    room.low = rse_between(t, 0.5f, 2);
    room.high = rse_between(t, 0.5f, 2);
    room.shelf_step = rse_between(t, 0, 1);
    for (size_t k = 0; k < 6; k++) room.delays[k] = 1 + rse_below(t, mask);
    for (size_t k = 0; k < 4; k++) room.feedback[k] = rse_between(t, 0, 0.9f);
    room.damping = rse_between(t, 0, 1);
    room.wet = rse_between(t, 0, 1);
    room.hiss = rse_between(t, 0, 0.01f);
    room.hiss_key = (uint32_t)rse_bits(t);
    float *lines = rse_zeros(t, 6 * ((size_t)mask + 1));
    t->kernels->add_room(n, &room, mask, lines, rse_changed(t, n));
  }
}

CASE(peak) { EACH_COUNT(n) rse_digest_double(t, (double)t->kernels->peak(n, rse_numbers(t, n))); }

CASE(scale) {
  EACH_COUNT(n) {
    const float factor = rse_between(t, -2, 2);
    t->kernels->scale(n, factor, rse_changed(t, n));
  }
}

CASE(resample_cubic) {
  EACH_COUNT(n) {
    const double step = (double)rse_between(t, 0.9f, 1.1f), start = (double)rse_between(t, 1, 2);
    const float *x = rse_numbers(t, 5 + n + n / 8);
    t->kernels->resample_cubic(n, x, start, step, rse_room_for(t, n));
  }
}

CASE(add_noise) {
  EACH_COUNT(n) {
    const float deviation = rse_between(t, 0, 0.1f);
    const uint32_t key = (uint32_t)rse_bits(t);
    t->kernels->add_noise(n, deviation, key, rse_changed(t, n));
  }
}

CASE(band_loudness) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    rse_band *bands = rse_input(t, n * sizeof *bands);
    uint32_t weights = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
      bands[i] = (rse_band){first, 1 + rse_below(t, i % 8 == 0 ? 70 : 5), weights};
      first += rse_below(t, 3);
      weights += bands[i].count;
    }
    const float scale = rse_between(t, 0.1f, 100), factor = rse_between(t, 0.1f, 2);
    const float *weight = rse_evenly(t, weights, 0, 1);
    const float *bins = rse_numbers(t, 2 * (first + 70));
    t->kernels->band_loudness(n, bands, weight, bins, scale, factor, rse_room_for(t, n));
  }
}
