#include <chafa.h>

/// Gives back what chafa printed.
static inline void rse_chafa_free(GString *text) { g_string_free(text, TRUE); }
