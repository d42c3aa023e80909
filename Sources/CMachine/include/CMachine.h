#ifndef C_MACHINE_H
#define C_MACHINE_H

#include <stdbool.h>

/// Sets a function that releases pooled memory when an allocation fails, before the allocation is retried.
///
/// The allocating thread calls the function, whatever it is doing: the function must neither allocate nor wait.
void rse_on_exhaustion(void (*give_back)(void));

/// Sets a function that is called before a program without memory ends, under the same conditions.
void rse_before_exhausted_end(void (*clean)(void));

/// Sets whether the program also reports in JSON on standard output that it has run out of memory.
void rse_tell_exhaustion_in_json(bool wanted);

/// The exit status of a program that has run out of memory: EX_OSERR of sysexits.h.
enum { RSE_EXHAUSTED = 71 };

/// Names the calling thread; at most 15 bytes of the name are shown.
void rse_name_thread(const char *name);

/// Makes the kernel send this process a signal when its parent ends; returns false if the parent has ended already.
bool rse_end_with(int parent, int number);

#endif
