#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Returns true if the program was built with libFuzzer (`-sanitize=fuzzer`).
int rse_fuzzer_is_there(void);

/// Passes inputs to `body` as the arguments specify; returns the exit status.
int rse_fuzzer_run(int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count));

/// Starts counting allocated bytes if the program was built with the address sanitizer; returns false if it was not.
int rse_allocations_watch(void);

/// Resets the count of allocated bytes and its peak to 0.
void rse_allocations_begin(void);

/// Returns the peak number of bytes allocated since `rse_allocations_begin`, not counting those allocated before it.
size_t rse_allocations_peak(void);

#endif
