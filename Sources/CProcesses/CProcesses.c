#include "CProcesses.h"

#include <dlfcn.h>
#include <stddef.h>

const struct rse_processes *rse_processes_open(const char *path, const char **reason) {
  // Its own dependencies look up each other's symbols when they open further libraries.
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (!library) {
    *reason = dlerror();
    return NULL;
  }
  const struct rse_processes *(*functions)(void) = (const struct rse_processes *(*)(void))dlsym(library, "rse_processes");
  const struct rse_processes *found = functions ? functions() : NULL;
  if (!found) {
    *reason = "it was built without MPI";
    return NULL;
  }
  if (found->version != RSE_PROCESSES_VERSION) {
    *reason = "it belongs to another version of rse";
    return NULL;
  }
  return found;
}
