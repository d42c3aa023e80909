#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <stddef.h>
#include <stdint.h>

/// A text chunk: a keyword of 1 to 79 printable ASCII characters and its UTF-8 text.
typedef struct {
  const char *keyword;
  const char *text;
} rse_png_text;

/// The outcome of an encoding.
typedef enum { rse_png_ok = 0, rse_png_out_of_memory = 1, rse_png_failed = 2 } rse_png_status;

/// The encoded file, or the reason why there is none. Release it with `rse_png_release`.
typedef struct {
  rse_png_status status;
  uint8_t *bytes;
  size_t count;
  char message[128];
} rse_png_result;

/// Encodes 8-bit RGB or RGBA pixels, in rows without padding, as a PNG file in memory.
///
/// libpng reports errors by `longjmp`, which must not cross Swift frames; here they become a status.
/// ASCII texts become tEXt chunks, other texts iTXt chunks.
rse_png_result rse_png_encode(
  const uint8_t *pixels, int has_alpha, uint32_t width, uint32_t height,
  uint32_t pixels_per_metre, const rse_png_text *texts, size_t text_count);

/// Frees the bytes of a result.
void rse_png_release(rse_png_result *result);

#endif
