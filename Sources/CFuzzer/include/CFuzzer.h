#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Whether the program was built with libFuzzer (`-sanitize=fuzzer`).
int rse_fuzzer_is_there(void);

/// Hands inputs to `body` as the arguments say; returns the exit status.
int rse_fuzzer_run(int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count));

/// Counts the bytes that are allocated from now on, where the program was built with the address sanitizer;
/// tells whether it was.
int rse_allocations_watch(void);

/// Forgets what was allocated so far.
void rse_allocations_begin(void);

/// The most bytes that were allocated at one time since `rse_allocations_begin`, beyond those of then.
size_t rse_allocations_peak(void);

#endif
