#ifndef C_MACHINE_H
#define C_MACHINE_H

#include <stdbool.h>

/// Has memory that is kept for later given back when an allocation fails, before it is tried again.
///
/// The function is called by the thread that allocates, whatever that thread is doing: it must neither allocate nor wait.
void rse_on_exhaustion(void (*give_back)(void));

/// Sets what a program without memory does before it ends, under the same conditions.
void rse_before_exhausted_end(void (*clean)(void));

/// Whether the program tells that it has run out of memory in JSON on standard output as well.
void rse_tell_exhaustion_in_json(bool wanted);

/// The exit status of a program that has run out of memory: EX_OSERR of sysexits.h.
enum { RSE_EXHAUSTED = 71 };

/// Names the thread that calls it; at most 15 bytes of the name are shown.
void rse_name_thread(const char *name);

/// Has this process get a signal when its parent ends; false if that has happened already.
bool rse_end_with(int parent, int number);

#endif
