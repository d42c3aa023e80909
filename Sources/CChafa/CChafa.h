#include <chafa.h>

/// Frees text that Chafa printed.
static inline void rse_chafa_free(GString *text) { g_string_free(text, TRUE); }
