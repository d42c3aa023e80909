#include "CFuzzer.h"

#include <stdatomic.h>

// Parts of the runtimes that `-sanitize=fuzzer` and `-sanitize=address` link.
__attribute__((weak)) int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count));
__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(const volatile void *, size_t), void (*on_free)(const volatile void *));
__attribute__((weak)) size_t __sanitizer_get_allocated_size(const volatile void *pointer);

/// Disables leak reports: Swift holds globals in ways that the sanitizer does not follow.
const char *__asan_default_options(void) { return "detect_leaks=0"; }

static _Atomic int64_t present, most;

static void on_malloc(const volatile void *pointer, size_t size) {
  (void)pointer;
  int64_t now = atomic_fetch_add(&present, (int64_t)size) + (int64_t)size;
  int64_t before = atomic_load(&most);
  while (now > before && !atomic_compare_exchange_weak(&most, &before, now)) {
  }
}

static void on_free(const volatile void *pointer) {
  if (pointer) atomic_fetch_sub(&present, (int64_t)__sanitizer_get_allocated_size(pointer));
}

int rse_fuzzer_is_there(void) { return LLVMFuzzerRunDriver != 0; }

int rse_fuzzer_run(int *argc, char ***argv, int (*body)(const uint8_t *bytes, size_t count)) {
  return LLVMFuzzerRunDriver(argc, argv, body);
}

int rse_allocations_watch(void) {
  return __sanitizer_install_malloc_and_free_hooks != 0 &&
         __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) != 0;
}

void rse_allocations_begin(void) {
  atomic_store(&present, 0);
  atomic_store(&most, 0);
}

size_t rse_allocations_peak(void) { return (size_t)atomic_load(&most); }
