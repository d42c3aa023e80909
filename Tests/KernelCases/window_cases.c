// Cases of window.inc.
#include <stdlib.h>

#include "trial.h"

CASE(relu_forward) {
  EACH_COUNT(n) t->kernels->relu_forward(n, rse_numbers(t, n), rse_room_for(t, n));
}

CASE(relu_backward) {
  EACH_COUNT(n) {
    const float *y = rse_numbers(t, n), *dy = rse_numbers(t, n);
    t->kernels->relu_backward(n, y, dy, rse_room_for(t, n));
  }
}

CASE(pair_max) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns);
    t->kernels->pair_max(rows, columns, x, rse_room_for(t, rows * columns));
  }
}

CASE(pair_max_backward) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns), *dy = rse_numbers(t, rows * columns);
    t->kernels->pair_max_backward(rows, columns, x, dy, rse_room_for(t, 2 * rows * columns));
  }
}

CASE(pair_mean) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns);
    t->kernels->pair_mean(rows, columns, x, rse_room_for(t, rows * columns));
  }
}

CASE(pair_mean_backward) {
  EACH_EXTENT(rows, columns) {
    const float *dy = rse_numbers(t, rows * columns);
    t->kernels->pair_mean_backward(rows, columns, dy, rse_room_for(t, 2 * rows * columns));
  }
}

CASE(complex_covariance) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns), *mean = rse_numbers(t, 2 * columns);
    t->kernels->complex_covariance(rows, columns, x, mean, rse_changed(t, columns));
  }
}

CASE(complex_affine) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns), *a = rse_numbers(t, 4 * columns);
    const float *b = rse_numbers(t, 2 * columns);
    t->kernels->complex_affine(rows, columns, x, a, b, rse_room_for(t, 2 * rows * columns));
  }
}

CASE(complex_products) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, 2 * rows * columns), *dy = rse_numbers(t, 2 * rows * columns);
    t->kernels->complex_products(rows, columns, x, dy, rse_changed(t, 4 * columns));
  }
}

CASE(complex_matrix) {
  EACH_EXTENT(rows, columns) {
    const float *a = rse_numbers(t, rows * columns), *b = rse_numbers(t, rows * columns);
    t->kernels->complex_matrix(rows, columns, a, b, rse_room_for(t, 4 * rows * columns));
  }
}

CASE(complex_matrix_backward) {
  EACH_EXTENT(rows, columns) {
    const float *d = rse_numbers(t, 4 * rows * columns);
    float *da = rse_room_for(t, rows * columns), *db = rse_room_for(t, rows * columns);
    t->kernels->complex_matrix_backward(rows, columns, d, da, db);
  }
}

CASE(mod_relu_forward) {
  EACH_EXTENT(rows, columns) {
    const float bias = rse_between(t, -1, 1), *x = rse_numbers(t, 2 * rows * columns);
    t->kernels->mod_relu_forward(rows, columns, x, bias, rse_room_for(t, 2 * rows * columns));
  }
}

CASE(mod_relu_backward) {
  EACH_EXTENT(rows, columns) {
    const float bias = rse_between(t, -1, 1), *x = rse_numbers(t, 2 * rows * columns);
    const float *dy = rse_numbers(t, 2 * rows * columns);
    float *dx = rse_room_for(t, 2 * rows * columns);
    rse_digest_double(t, t->kernels->mod_relu_backward(rows, columns, x, bias, dy, dx));
  }
}

CASE(mod_sigmoid_forward) {
  EACH_EXTENT(rows, columns) {
    const float share = rse_between(t, 0, 1), *x = rse_numbers(t, 2 * rows * columns);
    t->kernels->mod_sigmoid_forward(rows, columns, x, share, rse_room_for(t, rows * columns));
  }
}

CASE(mod_sigmoid_backward) {
  EACH_EXTENT(rows, columns) {
    const float share = rse_between(t, 0, 1), *x = rse_numbers(t, 2 * rows * columns);
    const float *y = rse_evenly(t, rows * columns, 0, 1), *dy = rse_numbers(t, rows * columns);
    float *dx = rse_room_for(t, 2 * rows * columns);
    rse_digest_double(t, t->kernels->mod_sigmoid_backward(rows, columns, x, share, y, dy, dx));
  }
}

CASE(unitary_step) {
  for (size_t n = 1; n < 40; n += 1 + n / 3) {
    const float *direction = rse_numbers(t, 2 * n * n);
    double *work = malloc(4 * n * n * sizeof *work);
    t->kernels->unitary_step(n, direction, rse_changed(t, 2 * n * n), work);
    free(work);
    rse_finish(t);
  }
}
