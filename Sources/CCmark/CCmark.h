#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

// cmark identifies node types by constants, but those of extensions only by name.

/// Returns true if a node is a table.
static inline bool rse_cmark_is_table(cmark_node *node) {
  return strcmp(cmark_node_get_type_string(node), "table") == 0;
}

/// Frees text that a renderer returned.
static inline void rse_cmark_release(char *text) { free(text); }
