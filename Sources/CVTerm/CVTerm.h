#include <stdbool.h>
#include <vterm.h>

// libvterm's cells are bit fields and tagged unions, whose tags are read by macros.

/// A colour that no escape sequence has set.
enum { RSE_VTERM_DEFAULT_COLOR = -1 };
/// Added to the 24 bits of a colour that is not a palette index.
enum { RSE_VTERM_RGB = 1 << 24 };

/// A cell of the screen with plain members.
typedef struct {
  /// Code points; those after the last are 0.
  uint32_t characters[VTERM_MAX_CHARS_PER_CELL];
  /// RSE_VTERM_DEFAULT_COLOR, a palette index, or RSE_VTERM_RGB plus red, green and blue.
  int foreground;
  int background;
  bool is_bold;
  bool is_underlined;
  bool is_reversed;
  /// True if the cell is the second half of a wide character.
  bool is_continuation;
} rse_vterm_cell;

static inline int rse_vterm_color(const VTermColor *color, bool is_default) {
  if (is_default) return RSE_VTERM_DEFAULT_COLOR;
  if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
  return RSE_VTERM_RGB | color->rgb.red << 16 | color->rgb.green << 8 | color->rgb.blue;
}

/// Converts a cell to one with plain members.
static inline rse_vterm_cell rse_vterm_flatten(const VTermScreenCell *cell) {
  rse_vterm_cell plain = {
    .foreground = rse_vterm_color(&cell->fg, VTERM_COLOR_IS_DEFAULT_FG(&cell->fg)),
    .background = rse_vterm_color(&cell->bg, VTERM_COLOR_IS_DEFAULT_BG(&cell->bg)),
    .is_bold = cell->attrs.bold,
    .is_underlined = cell->attrs.underline != VTERM_UNDERLINE_OFF,
    .is_reversed = cell->attrs.reverse,
    .is_continuation = cell->chars[0] == UINT32_MAX,
  };
  if (plain.is_continuation) return plain;
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++) {
    plain.characters[i] = cell->chars[i];
  }
  return plain;
}

/// Returns the cell at a row and a column, counted from 0; blank outside the screen.
static inline rse_vterm_cell rse_vterm_cell_at(const VTermScreen *screen, int row, int column) {
  VTermScreenCell cell = {0};
  VTermPos position = {.row = row, .col = column};
  vterm_screen_get_cell(screen, position, &cell);
  return rse_vterm_flatten(&cell);
}
