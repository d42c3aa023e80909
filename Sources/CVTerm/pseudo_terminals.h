#include <spawn.h>
#include <stddef.h>

// C library functions that running programs on pseudo-terminals requires, but that its Swift module omits because they
// are not part of ISO C or the oldest POSIX.

int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *name, size_t size);
int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// POSIX_SPAWN_SETSID: the program leads its own session.
enum { RSE_SPAWN_NEW_SESSION = 0x80 };
