// Cases of product.inc.
#include "trial.h"

#include <string.h>

// Inner extents on both sides of panels, and of the blocks of 128 of add_outer_product.
static size_t inner_extent(size_t at) {
  static const size_t extents[] = {1, 2, 7, 31, 32, 33, 64, 65, 127, 128, 129, 200, 257};
  return extents[at % (sizeof extents / sizeof *extents)];
}

static size_t panels_of(size_t columns) { return (columns + RSE_PANEL - 1) / RSE_PANEL; }

// A panelled matrix of [rows, columns] of the trial's kind; zeros beyond the last column.
static const float *drawn_panels(rse_trial *t, size_t rows, size_t columns) {
  const size_t count = panels_of(columns) * rows * RSE_PANEL;
  const float *drawn = rse_numbers(t, count);
  float *values = rse_input(t, count * sizeof *values);
  for (size_t i = 0; i < count; i++)
    values[i] = i / (rows * RSE_PANEL) * RSE_PANEL + i % RSE_PANEL < columns ? drawn[i] : 0;
  return values;
}

// A left operand of [rows, inner]: row-major, with gaps between the rows, or in panels.
static rse_operand drawn_left(rse_trial *t, size_t form, size_t rows, size_t inner) {
  if (form % 3 == 2)
    return (rse_operand){drawn_panels(t, rows, inner), RSE_PANEL, rows * RSE_PANEL};
  const size_t row = inner + form % 3 * 5;
  return (rse_operand){rse_numbers(t, rows * row), row, RSE_PANEL};
}

CASE(pack_panels) {
  EACH_EXTENT(rows, columns)
    for (int transposes = 0; transposes < 2; transposes++) {
      const size_t height = transposes ? columns : rows, width = transposes ? rows : columns;
      rse_packing p = {.rows = rows, .columns = columns, .transposes = transposes};
      p.factor = at % 3 == 0 ? 1 : rse_between(t, -2, 2);
      p.b_row = columns + at % 4;
      p.b = rse_numbers(t, rows * p.b_row);
      p.out = rse_room_for(t, panels_of(width) * height * RSE_PANEL);
      t->kernels->pack_panels(p);
    }
}

CASE(multiply_panel) {
  EACH_COUNT(rows) {
    const size_t inner = inner_extent(at);
    const rse_operand a = drawn_left(t, at, rows, inner);
    const float *b = rse_numbers(t, inner * RSE_PANEL);
    t->kernels->multiply_panel(rows, inner, a, b, rse_room_for(t, rows * RSE_PANEL));
  }
}

CASE(multiply_panels) {
  EACH_EXTENT(rows, columns) {
    rse_panel_product p = {.rows = rows, .columns = columns, .inner = inner_extent(at)};
    p.b_rows = p.inner + at % 4;
    p.accumulates = at / 3 % 2 == 0;
    p.a = drawn_left(t, at, rows, p.inner);
    p.b = drawn_panels(t, p.b_rows, columns);
    p.c_row = columns + at % 5;
    p.c = p.accumulates ? rse_changed(t, rows * p.c_row) : rse_room_for(t, rows * p.c_row);
    t->kernels->multiply_panels(p);
  }
}

// An operand of an outer product: blocks of rows with a gap after each row and each block. A whole
// panel can be read behind the start of the last row.
static rse_operand drawn_outer(
    rse_trial *t, size_t inner, size_t block_rows, size_t columns, size_t gap) {
  const size_t row = columns + gap, block = (block_rows + gap) * row;
  const size_t blocks = (inner + block_rows - 1) / block_rows;
  return (rse_operand){rse_numbers(t, blocks * block + RSE_PANEL), row, block};
}

CASE(add_outer_panel) {
  EACH_EXTENT(rows, columns) {
    rse_outer_product p = {.rows = rows, .inner = inner_extent(at)};
    p.columns = columns < RSE_PANEL ? columns : RSE_PANEL;
    p.block_rows = at % 4 == 0 ? p.inner : 1 + at;
    p.a = drawn_outer(t, p.inner, p.block_rows, rows, at % 3);
    p.b = drawn_outer(t, p.inner, p.block_rows, p.columns, at % 2 * 7);
    p.c_row = p.columns + at % 5;
    p.c = rse_changed(t, rows * p.c_row);
    t->kernels->add_outer_panel(p);
  }
}

CASE(add_outer_product) {
  EACH_EXTENT(rows, columns) {
    rse_matrix_outer_product p = {.rows = rows, .columns = columns, .inner = inner_extent(at)};
    p.a_row = rows + at % 3;
    p.b_row = columns + at % 2 * 7;
    p.c_row = columns + at % 5;
    p.a = rse_numbers(t, p.inner * p.a_row);
    p.b = rse_numbers(t, p.inner * p.b_row);
    p.c = rse_changed(t, rows * p.c_row);
    t->kernels->add_outer_product(p);
  }
}
