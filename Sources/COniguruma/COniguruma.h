#include <oniguruma.h>
#include <stddef.h>

// Encodings and syntaxes are macros and global variables, which Swift cannot access.

/// Compiles a UTF-8 pattern; returns null if it is invalid.
static inline regex_t *rse_onig_compile(const char *pattern, size_t length) {
  regex_t *regex = NULL;
  OnigErrorInfo info;
  const OnigUChar *start = (const OnigUChar *)pattern;
  int status = onig_new(
    &regex, start, start + length, ONIG_OPTION_CAPTURE_GROUP, ONIG_ENCODING_UTF8,
    ONIG_SYNTAX_ONIGURUMA, &info
  );
  return status == ONIG_NORMAL ? regex : NULL;
}

/// Searches a text from a byte offset on; returns the byte offset of the match, negative if there is none.
static inline int rse_onig_search(
  regex_t *regex, const char *text, size_t length, size_t from, OnigRegion *region
) {
  const OnigUChar *start = (const OnigUChar *)text;
  const OnigUChar *end = start + length;
  return onig_search(regex, start, end, start + from, end, region, ONIG_OPTION_NONE);
}
