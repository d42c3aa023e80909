#ifndef C_PROCESSES_H
#define C_PROCESSES_H

/// What the processes of a job do together, as a library that the program opens when a launcher has started it.
///
/// All functions but `watch`'s thread are called by one thread. Operations begin at once and end when `is_done` says so;
/// until then their buffers stay as they are.

/// The version of `struct rse_processes`; a library of another one is refused.
enum { RSE_PROCESSES_VERSION = 1 };

/// An operation that goes on.
struct rse_operation;

struct rse_processes {
  int version;
  /// Joins the job. Writes this process's number, the number of processes, and the name of its machine.
  /// Returns 0, or the code of an error.
  int (*join)(int *rank, int *count, char *host, int room);
  /// Has every process get the same number of bytes of every process, in the order of their numbers.
  struct rse_operation *(*gather)(const void *own, int bytes, void *all);
  /// The same with other numbers of bytes, which begin at those places of `all`.
  struct rse_operation *(*gather_parts)(const void *own, int bytes, void *all, const int *counts, const int *places);
  /// The same with floats.
  struct rse_operation *(*gather_floats)(const float *own, int number, float *all, const int *counts, const int *places);
  /// Sends floats to every process and receives others of it.
  struct rse_operation *(*exchange)(
    const float *out, const int *out_counts, const int *out_places,
    float *in, const int *in_counts, const int *in_places
  );
  /// 1 when an operation has ended, which frees it; 0 while it goes on; otherwise the negative code of an error.
  int (*is_done)(struct rse_operation *operation);
  /// Begins to watch whether the neighbouring process is alive: one that is silent for so many seconds ends the job,
  /// with a message on standard error.
  int (*watch)(int seconds);
  /// What that message says besides, at most some hundred bytes.
  void (*note)(const char *text);
  /// Ends all processes.
  void (*abort)(int status);
  /// Leaves the job; every process does.
  void (*leave)(void);
};

/// Opens the library at a path.
///
/// Returns null where it cannot be opened, is of another version, or was built without what it needs; `reason` then
/// says why.
const struct rse_processes *rse_processes_open(const char *path, const char **reason);

#endif
