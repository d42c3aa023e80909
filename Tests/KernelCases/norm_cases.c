// Cases of norm.inc and attention.inc.
#include "trial.h"

CASE(column_moments) {
  EACH_EXTENT(rows, columns) {
    const float *h = rse_numbers(t, rows * columns);
    float *mean = rse_room_for(t, columns), *m2 = rse_room_for(t, columns);
    t->kernels->column_moments(rows, columns, h, mean, m2);
  }
}

CASE(merge_moments) {
  EACH_COUNT(n) {
    const float *other_mean = rse_numbers(t, n), *other_m2 = rse_magnitudes(t, n);
    float *mean = rse_changed(t, n), *m2 = rse_changed_magnitudes(t, n);
    t->kernels->merge_moments(n, at, mean, m2, 3 * at, other_mean, other_m2);
  }
}

CASE(norm_scale_shift) {
  EACH_COUNT(n) {
    const float *mean = rse_numbers(t, n), *m2 = rse_magnitudes(t, n);
    const float *offset = rse_numbers(t, n);
    float *scale = rse_room_for(t, n), *shift = rse_room_for(t, n);
    t->kernels->norm_scale_shift(n, at, mean, m2, offset, scale, shift);
  }
}

CASE(scale_shift) {
  EACH_EXTENT(rows, columns) {
    const float *scale = rse_numbers(t, columns), *shift = rse_numbers(t, columns);
    t->kernels->scale_shift(rows, columns, rse_changed(t, rows * columns), scale, shift);
  }
}

CASE(norm_backward_sums) {
  EACH_EXTENT(rows, columns) {
    const float *y = rse_numbers(t, rows * columns), *dy = rse_numbers(t, rows * columns);
    float *sum_dy = rse_changed(t, columns), *sum_dyy = rse_changed(t, columns);
    t->kernels->norm_backward_sums(rows, columns, y, dy, sum_dy, sum_dyy);
  }
}

CASE(norm_backward_factors) {
  EACH_COUNT(n) {
    rse_norm_backward_factors f = {.channels = n, .count = at};
    f.scale = rse_magnitudes(t, n);
    f.offset = rse_numbers(t, n);
    f.sum_dy = rse_numbers(t, n);
    f.sum_dyy = rse_numbers(t, n);
    f.a = rse_room_for(t, n);
    f.b = rse_room_for(t, n);
    f.c = rse_room_for(t, n);
    f.d_offset = rse_changed(t, n);
    t->kernels->norm_backward_factors(f);
  }
}

CASE(norm_backward_apply) {
  EACH_EXTENT(rows, columns) {
    const float *y = rse_numbers(t, rows * columns), *a = rse_numbers(t, columns);
    const float *b = rse_numbers(t, columns), *c = rse_numbers(t, columns);
    t->kernels->norm_backward_apply(rows, columns, y, rse_changed(t, rows * columns), a, b, c);
  }
}

CASE(feature_norm_forward) {
  EACH_EXTENT(rows, columns) {
    const float *offset = rse_numbers(t, columns);
    float *h = rse_changed(t, rows * columns);
    t->kernels->feature_norm_forward(rows, columns, h, offset, rse_room_for(t, rows));
  }
}

CASE(feature_norm_backward) {
  EACH_EXTENT(rows, columns) {
    const float *y = rse_numbers(t, rows * columns), *factor = rse_magnitudes(t, rows);
    float *dy = rse_changed(t, rows * columns), *d_offset = rse_changed(t, columns);
    t->kernels->feature_norm_backward(rows, columns, y, dy, factor, d_offset);
  }
}

CASE(layer_norm_forward) {
  EACH_EXTENT(rows, columns) {
    rse_layer_norm n = {.rows = rows, .channels = columns, .epsilon = 1e-5f};
    n.x = rse_numbers(t, rows * columns);
    n.gain = rse_numbers(t, columns);
    n.offset = rse_numbers(t, columns);
    n.normed = rse_room_for(t, rows * columns);
    n.factor = rse_room_for(t, rows);
    n.y = rse_room_for(t, rows * columns);
    t->kernels->layer_norm_forward(n);
  }
}

CASE(layer_norm_backward) {
  EACH_EXTENT(rows, columns) {
    const float *normed = rse_numbers(t, rows * columns), *factor = rse_magnitudes(t, rows);
    const float *gain = rse_numbers(t, columns), *dy = rse_numbers(t, rows * columns);
    float *dx = rse_room_for(t, rows * columns);
    t->kernels->layer_norm_backward(rows, columns, normed, factor, gain, dy, dx);
  }
}

CASE(softmax_rows) {
  EACH_EXTENT(rows, columns) {
    const float scale = rse_between(t, 0.1f, 2);
    t->kernels->softmax_rows(rows, columns, scale, rse_changed(t, rows * columns));
  }
}

CASE(softmax_rows_backward) {
  EACH_EXTENT(rows, columns) {
    const float scale = rse_between(t, 0.1f, 2), *p = rse_magnitudes(t, rows * columns);
    t->kernels->softmax_rows_backward(rows, columns, scale, p, rse_changed(t, rows * columns));
  }
}

CASE(add_columns) {
  EACH_EXTENT(rows, columns) {
    const size_t x_step = columns + at % 3, out_step = columns + at % 5;
    const float *x = rse_numbers(t, rows * x_step);
    t->kernels->add_columns(
        rows, columns, x, x_step, rse_changed(t, rows * out_step), out_step);
  }
}

CASE(position_code) {
  EACH_EXTENT(rows, columns) {
    const size_t first = rse_below(t, at % 2 == 0 ? 64 : 1 << 20);
    t->kernels->position_code(rows, columns, first, rse_room_for(t, rows * columns));
  }
}
