#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

// cmark tells kinds of nodes by constants, those of extensions by names only.

/// Whether a node is a table.
static inline bool rse_cmark_is_table(cmark_node *node) {
  return strcmp(cmark_node_get_type_string(node), "table") == 0;
}

/// Releases a text that a renderer made.
static inline void rse_cmark_release(char *text) { free(text); }
