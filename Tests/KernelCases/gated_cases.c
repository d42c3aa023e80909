// Cases of gated.inc and recurrent.inc.
#include "trial.h"

CASE(sigmoid_forward) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    const float shift = rse_between(t, -2, 2), *x = rse_numbers(t, n);
    t->kernels->sigmoid_forward(n, x, shift, rse_room_for(t, n));
  }
}

CASE(sigmoid_backward) {
  EACH_COUNT(n) {
    const float *y = rse_numbers(t, n), *dy = rse_numbers(t, n);
    t->kernels->sigmoid_backward(n, y, dy, rse_room_for(t, n));
  }
}

CASE(tanh_forward) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    const float factor = rse_between(t, -2, 2), *x = rse_numbers(t, n);
    t->kernels->tanh_forward(n, x, factor, rse_room_for(t, n));
  }
}

CASE(tanh_backward) {
  EACH_COUNT(n) {
    const float factor = rse_between(t, -2, 2), *y = rse_numbers(t, n), *dy = rse_numbers(t, n);
    t->kernels->tanh_backward(n, y, dy, factor, rse_room_for(t, n));
  }
}

CASE(multiply) {
  EACH_COUNT(n) {
    const float *x = rse_numbers(t, n), *y = rse_numbers(t, n);
    t->kernels->multiply(n, x, y, rse_room_for(t, n));
  }
}

CASE(add_product_row) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, rows * columns), *row = rse_numbers(t, columns);
    t->kernels->add_product_row(rows, columns, x, row, rse_changed(t, rows * columns));
  }
}

CASE(blend_forward) {
  EACH_COUNT(n) {
    const float *z = rse_numbers(t, n), *a = rse_numbers(t, n), *b = rse_numbers(t, n);
    t->kernels->blend_forward(n, z, a, b, rse_room_for(t, n));
  }
}

CASE(blend_backward) {
  EACH_COUNT(n) {
    rse_blend_backward s = {.count = n};
    s.z = rse_numbers(t, n);
    s.a = rse_numbers(t, n);
    s.b = rse_numbers(t, n);
    s.d_out = rse_numbers(t, n);
    s.dz = rse_room_for(t, n);
    s.da = rse_room_for(t, n);
    s.db = rse_room_for(t, n);
    t->kernels->blend_backward(s);
  }
}

CASE(swap_pairs) {
  EACH_EXTENT(pairs, maps) {
    const float *x = rse_numbers(t, 2 * pairs * maps);
    t->kernels->swap_pairs(pairs, maps, maps / 2, x, rse_room_for(t, 2 * pairs * maps));
  }
}

CASE(copy_columns) {
  EACH_EXTENT(rows, columns) {
    const size_t x_step = columns + at % 3, out_step = columns + at % 5;
    const float *x = rse_numbers(t, rows * x_step);
    t->kernels->copy_columns(
        rows, columns, x, x_step, rse_room_for(t, rows * out_step), out_step);
  }
}

CASE(lstm_forward) {
  EACH_COUNT(h) {
    const float *x = rse_numbers(t, 4 * h), *pre = rse_numbers(t, 4 * h);
    float *kept = rse_room_for(t, 5 * h), *c = rse_changed(t, h);
    t->kernels->lstm_forward(h, x, pre, kept, c, rse_room_for(t, h));
  }
}

CASE(lstm_backward) {
  EACH_COUNT(h) {
    const float *kept = rse_numbers(t, 5 * h), *before = rse_numbers(t, h);
    const float *dout = rse_numbers(t, h);
    float *dh = rse_changed(t, h), *dc = rse_changed(t, h);
    t->kernels->lstm_backward(h, kept, before, dout, dh, dc, rse_room_for(t, 4 * h));
  }
}

CASE(gru_forward) {
  EACH_COUNT(h) {
    const float *x = rse_numbers(t, 3 * h), *pre = rse_numbers(t, 3 * h);
    const float *before = rse_numbers(t, h);
    float *kept = rse_room_for(t, 4 * h), *out = rse_room_for(t, h);
    t->kernels->gru_forward(h, x, pre, before, kept, out);
  }
}

CASE(gru_backward) {
  EACH_COUNT(h) {
    const float *kept = rse_numbers(t, 4 * h), *before = rse_numbers(t, h);
    const float *dout = rse_numbers(t, h);
    float *dh = rse_changed(t, h), *dx = rse_room_for(t, 3 * h), *dpre = rse_room_for(t, 3 * h);
    t->kernels->gru_backward(h, kept, before, dout, dh, dx, dpre);
  }
}
