#ifndef C_PROCESSES_H
#define C_PROCESSES_H

/// The operations between the processes of a job, as a library that the program opens when a launcher has started it.
///
/// One thread calls all functions; only `watch` starts another. Operations begin at once and end when `is_done` says
/// so;
/// until then their buffers must not change.

/// The version of `struct rse_processes`; libraries of other versions are refused.
enum { RSE_PROCESSES_VERSION = 1 };

/// An operation in progress.
struct rse_operation;

struct rse_processes {
  int version;
  /// Joins the job. Writes this process's number, the number of processes, and the name of its machine.
  /// Returns 0 or an error code.
  int (*join)(int *rank, int *count, char *host, int room);
  /// Gives every process the same number of bytes of each process, in the order of their numbers.
  struct rse_operation *(*gather)(const void *own, int bytes, void *all);
  /// The same with different numbers of bytes, stored at the offsets `places` of `all`.
  struct rse_operation *(*gather_parts)(const void *own, int bytes, void *all, const int *counts, const int *places);
  /// The same with floats.
  struct rse_operation *(*gather_floats)(const float *own, int number, float *all, const int *counts, const int *places);
  /// Sends floats to every process and receives floats from it.
  struct rse_operation *(*exchange)(
    const float *out, const int *out_counts, const int *out_places,
    float *in, const int *in_counts, const int *in_places
  );
  /// Returns 1, and frees the operation, if it has ended; 0 if it is in progress; otherwise a negative error code.
  int (*is_done)(struct rse_operation *operation);
  /// Starts to monitor the neighbouring process: if it is silent for that many seconds, the job ends with a message on
  /// standard error.
  int (*watch)(int seconds);
  /// Sets additional text of that message, at most some hundred bytes.
  void (*note)(const char *text);
  /// Ends all processes.
  void (*abort)(int status);
  /// Leaves the job; every process must call it.
  void (*leave)(void);
};

/// Opens the library at a path.
///
/// Returns null if it cannot be opened, has another version, or was built without MPI; `reason` then says why.
const struct rse_processes *rse_processes_open(const char *path, const char **reason);

#endif
