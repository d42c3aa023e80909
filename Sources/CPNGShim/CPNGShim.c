#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  rse_png_result *result;
  size_t capacity;
} sink;

static void fail(png_structp png, png_const_charp message) {
  sink *to = png_get_error_ptr(png);
  if (to->result->status == rse_png_ok) to->result->status = rse_png_failed;
  strncpy(to->result->message, message, sizeof to->result->message - 1);
  longjmp(png_jmpbuf(png), 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void append(png_structp png, png_bytep data, png_size_t count) {
  sink *to = png_get_io_ptr(png);
  rse_png_result *result = to->result;
  if (count > to->capacity - result->count) {
    size_t capacity = to->capacity < 32768 ? 65536 : to->capacity * 2;
    if (capacity < result->count + count) capacity = result->count + count;
    uint8_t *grown = realloc(result->bytes, capacity);
    if (grown == NULL) {
      result->status = rse_png_out_of_memory;
      png_error(png, "out of memory");
    }
    result->bytes = grown;
    to->capacity = capacity;
  }
  memcpy(result->bytes + result->count, data, count);
  result->count += count;
}

static void flush(png_structp png) { (void)png; }

static int is_ascii(const char *text) {
  for (; *text != 0; text++) {
    if ((unsigned char)*text > 126) return 0;
  }
  return 1;
}

/// Writes the whole file; on an error, `fail` records it and libpng jumps back here.
static void write_image(
  png_structp png, png_infop info, const uint8_t *pixels, int has_alpha, uint32_t width,
  uint32_t height, uint32_t pixels_per_metre, png_textp chunks, size_t text_count) {
  if (setjmp(png_jmpbuf(png)) != 0) return;
  png_set_IHDR(
    png, info, width, height, 8, has_alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
    PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (pixels_per_metre > 0) {
    png_set_pHYs(png, info, pixels_per_metre, pixels_per_metre, PNG_RESOLUTION_METER);
  }
  if (text_count > 0) png_set_text(png, info, chunks, (int)text_count);
  png_write_info(png, info);
  for (uint32_t row = 0; row < height; row++) {
    png_write_row(png, pixels + (size_t)row * width * (has_alpha ? 4 : 3));
  }
  png_write_end(png, NULL);
}

rse_png_result rse_png_encode(
  const uint8_t *pixels, int has_alpha, uint32_t width, uint32_t height,
  uint32_t pixels_per_metre, const rse_png_text *texts, size_t text_count) {
  rse_png_result result = {rse_png_ok, NULL, 0, ""};
  sink to = {&result, 0};
  png_text *chunks = calloc(text_count + 1, sizeof *chunks);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &to, fail, ignore_warning);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  if (chunks == NULL || info == NULL) {
    result.status = rse_png_out_of_memory;
  } else {
    for (size_t i = 0; i < text_count; i++) {
      int ascii = is_ascii(texts[i].text);
      chunks[i].compression = ascii ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
      chunks[i].key = (png_charp)texts[i].keyword;
      chunks[i].text = (png_charp)texts[i].text;
      chunks[i].text_length = ascii ? strlen(texts[i].text) : 0;
      chunks[i].itxt_length = ascii ? 0 : strlen(texts[i].text);
    }
    png_set_write_fn(png, &to, append, flush);
    write_image(png, info, pixels, has_alpha, width, height, pixels_per_metre, chunks, text_count);
  }
  png_destroy_write_struct(&png, &info);
  free(chunks);
  if (result.status != rse_png_ok) rse_png_release(&result);
  return result;
}

void rse_png_release(rse_png_result *result) {
  free(result->bytes);
  result->bytes = NULL;
  result->count = 0;
}
