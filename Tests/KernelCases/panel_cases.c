// Cases of panel.inc.
#include "trial.h"

// The examples of a call, from 1 to 3.
static size_t examples_of(size_t at) { return 1 + at % 3; }

CASE(panel_moments) {
  EACH_COUNT(rows) {
    const float *h = rse_numbers(t, rows * RSE_PANEL);
    float *mean = rse_room_for(t, RSE_PANEL), *m2 = rse_room_for(t, RSE_PANEL);
    t->kernels->panel_moments(rows, h, mean, m2);
  }
}

CASE(panel_scale_shift) {
  EACH_COUNT(rows) {
    const size_t examples = examples_of(at), step = RSE_PANEL * (1 + at % 2);
    const float *scale = rse_numbers(t, examples * step);
    const float *shift = rse_numbers(t, examples * step);
    float *h = rse_changed(t, examples * rows * RSE_PANEL);
    t->kernels->panel_scale_shift(examples, rows, h, scale, shift, step);
  }
}

CASE(panel_scale_shift_gelu) {
  EACH_COUNT(rows) {
    const float *scale = rse_numbers(t, RSE_PANEL), *shift = rse_numbers(t, RSE_PANEL);
    float *h = rse_changed(t, rows * RSE_PANEL), *g = rse_room_for(t, rows * RSE_PANEL);
    t->kernels->panel_scale_shift_gelu(rows, h, scale, shift, at % 2, g);
  }
}

CASE(panel_norm_gelu) {
  EACH_COUNT(rows) {
    rse_panel_norm n = {.examples = examples_of(at), .rows = rows};
    n.step = RSE_PANEL * (1 + at % 2);
    n.offset = rse_numbers(t, RSE_PANEL);
    n.h = rse_changed(t, n.examples * rows * RSE_PANEL);
    n.scale = rse_room_for(t, n.examples * n.step);
    n.shift = rse_room_for(t, n.examples * n.step);
    n.g = rse_room_for(t, n.examples * rows * RSE_PANEL);
    t->kernels->panel_norm_gelu(n);
  }
}

CASE(panel_gelu_backward) {
  EACH_COUNT(rows) {
    const float weight = rse_between(t, 0.1f, 2), *y = rse_numbers(t, rows * RSE_PANEL);
    float *d = rse_changed(t, rows * RSE_PANEL), *g = rse_room_for(t, rows * RSE_PANEL);
    float *sum_d = rse_room_for(t, RSE_PANEL), *sum_dy = rse_room_for(t, RSE_PANEL);
    t->kernels->panel_gelu_backward(rows, y, d, weight, g, sum_d, sum_dy);
  }
}

CASE(panel_norm_backward_apply) {
  EACH_COUNT(rows) {
    const float *y = rse_numbers(t, rows * RSE_PANEL), *a = rse_numbers(t, RSE_PANEL);
    const float *b = rse_numbers(t, RSE_PANEL), *c = rse_numbers(t, RSE_PANEL);
    t->kernels->panel_norm_backward_apply(rows, y, rse_changed(t, rows * RSE_PANEL), a, b, c);
  }
}

CASE(panel_norm_gelu_backward) {
  EACH_COUNT(rows) {
    const size_t examples = examples_of(at), count = examples * rows * RSE_PANEL;
    rse_panel_norm_backward n = {.examples = examples, .rows = rows};
    n.weight = rse_between(t, 0.1f, 2);
    n.step = RSE_PANEL * (1 + at % 2);
    n.y = rse_numbers(t, count);
    n.scale = rse_magnitudes(t, examples * n.step);
    n.offset = rse_numbers(t, RSE_PANEL);
    n.d = rse_changed(t, count);
    n.g = rse_room_for(t, count);
    n.d_offset = rse_changed(t, RSE_PANEL);
    t->kernels->panel_norm_gelu_backward(n);
  }
}

static size_t whole_panels(size_t columns) {
  return (columns + RSE_PANEL - 1) / RSE_PANEL * RSE_PANEL;
}

// Makes the columns of panels of [rows, columns] zero from the last one on.
static void clear_beyond(size_t rows, size_t columns, float *panels) {
  float *last = panels + (whole_panels(columns) - RSE_PANEL) * rows;
  if (columns % RSE_PANEL == 0) return;
  for (size_t r = 0; r < rows; r++)
    for (size_t c = columns % RSE_PANEL; c < RSE_PANEL; c++) last[r * RSE_PANEL + c] = 0;
}

CASE(panel_feature_norm_gelu) {
  EACH_EXTENT(rows, columns) {
    const size_t width = whole_panels(columns);
    float *h = rse_changed(t, rows * width), *g = rse_room_for(t, rows * width);
    clear_beyond(rows, columns, h);
    float *offset = rse_changed(t, width);
    clear_beyond(1, columns, offset);
    t->kernels->panel_feature_norm_gelu(rows, columns, h, offset, rse_room_for(t, rows), g);
  }
}

CASE(panel_feature_norm_gelu_backward) {
  EACH_EXTENT(rows, columns) {
    const size_t width = whole_panels(columns);
    rse_panel_feature_norm_backward p = {.rows = rows, .channels = columns};
    p.weight = rse_between(t, 0.1f, 2);
    p.factor = rse_magnitudes(t, rows);
    float *y = rse_changed(t, rows * width);
    clear_beyond(rows, columns, y);
    p.y = y;
    p.d = rse_changed(t, rows * width);
    clear_beyond(rows, columns, p.d);
    p.g = rse_room_for(t, rows * width);
    p.d_offset = rse_changed(t, width);
    t->kernels->panel_feature_norm_gelu_backward(p);
  }
}
