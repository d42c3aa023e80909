// Cases of gelu.inc, elementwise.inc, switch.inc and table.inc.
#include "trial.h"

CASE(gelu_forward) {
  EACH_COUNT_OF_ARGUMENTS(n) t->kernels->gelu_forward(n, rse_numbers(t, n), rse_room_for(t, n));
}

CASE(gelu_backward) {
  EACH_COUNT_OF_ARGUMENTS(n) {
    const float *x = rse_numbers(t, n), *dg = rse_numbers(t, n);
    t->kernels->gelu_backward(n, x, dg, rse_room_for(t, n));
  }
}

CASE(add_into) {
  EACH_COUNT(n) {
    const float *x = rse_numbers(t, n);
    t->kernels->add_into(n, x, rse_changed(t, n));
  }
}

CASE(add_scaled) {
  EACH_COUNT(n) {
    const float factor = rse_between(t, -2, 2), *x = rse_numbers(t, n);
    t->kernels->add_scaled(n, factor, x, rse_changed(t, n));
  }
}

CASE(add_row) {
  EACH_EXTENT(rows, columns) {
    const float *row = rse_numbers(t, columns);
    t->kernels->add_row(rows, columns, row, rse_changed(t, rows * columns));
  }
}

CASE(sum_rows) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, rows * columns);
    t->kernels->sum_rows(rows, columns, x, rse_changed(t, columns));
  }
}

CASE(multiply_row) {
  EACH_EXTENT(rows, columns) {
    const float *row = rse_numbers(t, columns), *x = rse_numbers(t, rows * columns);
    t->kernels->multiply_row(rows, columns, row, x, rse_room_for(t, rows * columns));
  }
}

CASE(sum_products) {
  EACH_EXTENT(rows, columns) {
    const float *x = rse_numbers(t, rows * columns), *y = rse_numbers(t, rows * columns);
    t->kernels->sum_products(rows, columns, x, y, rse_changed(t, columns));
  }
}

// Dropout of nothing, of some and of nearly all elements.
static rse_dropout drawn_dropout(rse_trial *t, size_t choice) {
  static const uint32_t thresholds[] = {0, 0x1999999A, 0x80000000, 0xFFFFFFF0};
  rse_dropout dropout = {.threshold = thresholds[choice % 4], .scale = rse_between(t, 1, 2)};
  dropout.key0 = (uint32_t)rse_bits(t);
  dropout.key1 = (uint32_t)rse_bits(t);
  return dropout;
}

CASE(dropout) {
  EACH_COUNT(n) {
    const rse_dropout dropout = drawn_dropout(t, at);
    const uint32_t element = (uint32_t)rse_bits(t);
    t->kernels->dropout(n, rse_numbers(t, n), rse_room_for(t, n), dropout, element);
  }
}

CASE(double_gate) {
  EACH_COUNT_OF_ARGUMENTS(n) t->kernels->double_gate(n, rse_numbers(t, n), rse_room_for(t, n));
}

CASE(row_distances) {
  EACH_EXTENT(rows, columns) {
    const size_t step = at % 2 * columns;
    const float *a = rse_numbers(t, rows * columns), *b = rse_numbers(t, (rows + 1) * columns);
    t->kernels->row_distances(rows, columns, a, b, step, rse_room_for(t, rows));
  }
}

// The columns count as maps. Pairs go to places side by side, or to the two halves of a sequence.
static rse_pair_layout drawn_layout(size_t choice, size_t rows, size_t maps) {
  if (choice % 2 == 0) return (rse_pair_layout){0, maps, 2 * maps};
  return (rse_pair_layout){0, rows * maps, maps};
}

CASE(switch_epilogue) {
  EACH_EXTENT(rows, maps) {
    const size_t count = 2 * rows * maps;
    rse_switch_epilogue e = {.rows = rows, .maps = maps, .layout = drawn_layout(at, rows, maps)};
    e.x = rse_numbers(t, count);
    e.candidate = rse_numbers(t, count);
    e.gate = rse_numbers(t, 2 * maps);
    e.bias = rse_numbers(t, 2 * maps);
    e.dropout = drawn_dropout(t, at / 2);
    e.element = (uint32_t)rse_bits(t);
    e.out = rse_room_for(t, count);
    t->kernels->switch_epilogue(e);
  }
}

CASE(switch_gather) {
  EACH_EXTENT(rows, maps) {
    const size_t count = 2 * rows * maps;
    rse_switch_gather s = {.rows = rows, .maps = maps, .layout = drawn_layout(at, rows, maps)};
    s.d_out = rse_numbers(t, count);
    s.x = rse_numbers(t, count);
    s.gate = rse_numbers(t, 2 * maps);
    s.dropout = drawn_dropout(t, at / 2);
    s.element = (uint32_t)rse_bits(t);
    s.dy = rse_room_for(t, count);
    s.dx = rse_room_for(t, count);
    s.sum_dy = rse_changed(t, 2 * maps);
    s.sum_dyx = rse_changed(t, 2 * maps);
    t->kernels->switch_gather(s);
  }
}

CASE(store_pairs) {
  EACH_EXTENT(rows, maps) {
    const rse_pair_layout layout = drawn_layout(at, rows, maps);
    const float *values = rse_numbers(t, 2 * rows * maps);
    t->kernels->store_pairs(rows, maps, values, layout, rse_room_for(t, 2 * rows * maps));
  }
}

CASE(load_pairs) {
  EACH_EXTENT(rows, maps) {
    const rse_pair_layout layout = drawn_layout(at, rows, maps);
    const float *out = rse_numbers(t, 2 * rows * maps);
    t->kernels->load_pairs(rows, maps, out, layout, rse_room_for(t, 2 * rows * maps));
  }
}

enum { SYMBOLS = 13 };

CASE(lookup) {
  EACH_EXTENT(rows, maps) {
    const float *table = rse_numbers(t, SYMBOLS * maps);
    const int32_t *symbols = rse_indices(t, rows, SYMBOLS);
    t->kernels->lookup(rows, maps, table, symbols, rse_room_for(t, rows * maps));
  }
}

CASE(scatter_add) {
  EACH_EXTENT(rows, maps) {
    const float *x = rse_numbers(t, rows * maps);
    const int32_t *symbols = rse_indices(t, rows, SYMBOLS);
    t->kernels->scatter_add(rows, maps, x, symbols, rse_changed(t, SYMBOLS * maps));
  }
}
