/// The operations between the processes of a job, by MPI. Without MPI's header the library is built empty.

#include "CProcessesMPI.h"

#include <stddef.h>

#if __has_include(<mpi.h>)

#include <mpi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct rse_operation {
  MPI_Request request;
};

/// The communicator of heartbeats, separate from all other messages.
static MPI_Comm signs;
static int own_rank, process_count;

static int join(int *rank, int *count, char *host, int room) {
  int support = 0, length = 0;
  char name[MPI_MAX_PROCESSOR_NAME + 1] = "";
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_MULTIPLE, &support);
  if (code != MPI_SUCCESS) return code;
  if (support < MPI_THREAD_MULTIPLE) return MPI_ERR_OTHER;
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  MPI_Comm_rank(MPI_COMM_WORLD, &own_rank);
  MPI_Comm_size(MPI_COMM_WORLD, &process_count);
  MPI_Get_processor_name(name, &length);
  *rank = own_rank;
  *count = process_count;
  snprintf(host, (size_t)room, "%s", name);
  return MPI_Comm_dup(MPI_COMM_WORLD, &signs);
}

/// Returns an operation if the code of its start is success; null otherwise.
static struct rse_operation *begun(int code, MPI_Request request) {
  if (code != MPI_SUCCESS) return NULL;
  struct rse_operation *operation = malloc(sizeof *operation);
  if (operation) operation->request = request;
  return operation;
}

static struct rse_operation *gather(const void *own, int bytes, void *all) {
  MPI_Request request;
  int code = MPI_Iallgather(own, bytes, MPI_BYTE, all, bytes, MPI_BYTE, MPI_COMM_WORLD, &request);
  return begun(code, request);
}

static struct rse_operation *gather_typed(
  const void *own, int number, void *all, const int *counts, const int *places, MPI_Datatype type
) {
  MPI_Request request;
  int code = MPI_Iallgatherv(own, number, type, all, counts, places, type, MPI_COMM_WORLD, &request);
  return begun(code, request);
}

static struct rse_operation *gather_parts(
  const void *own, int bytes, void *all, const int *counts, const int *places
) {
  return gather_typed(own, bytes, all, counts, places, MPI_BYTE);
}

static struct rse_operation *gather_floats(
  const float *own, int number, float *all, const int *counts, const int *places
) {
  return gather_typed(own, number, all, counts, places, MPI_FLOAT);
}

static struct rse_operation *exchange(
  const float *out, const int *out_counts, const int *out_places,
  float *in, const int *in_counts, const int *in_places
) {
  MPI_Request request;
  int code = MPI_Ialltoallv(
    out, out_counts, out_places, MPI_FLOAT, in, in_counts, in_places, MPI_FLOAT, MPI_COMM_WORLD, &request
  );
  return begun(code, request);
}

static int is_done(struct rse_operation *operation) {
  int done = 0;
  int code = MPI_Test(&operation->request, &done, MPI_STATUS_IGNORE);
  if (code != MPI_SUCCESS) return -code;
  if (done) free(operation);
  return done;
}

enum { NOTE_ROOM = 512, SIGN = 1 };

static pthread_mutex_t note_lock = PTHREAD_MUTEX_INITIALIZER;
static char last_note[NOTE_ROOM];
static int longest_silence;
static atomic_int has_left;
static pthread_t watcher;
static int is_watched;

static void note(const char *text) {
  pthread_mutex_lock(&note_lock);
  snprintf(last_note, sizeof last_note, "%s", text);
  pthread_mutex_unlock(&note_lock);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void pause_between_looks(void) {
  struct timespec pause = {.tv_nsec = 100000000};
  nanosleep(&pause, NULL);
}

static _Noreturn void end_for_silence_of(int rank) {
  pthread_mutex_lock(&note_lock);
  fprintf(
    stderr, "rse: process %d has not answered for %d s: the run ends%s%s\n",
    rank, longest_silence, last_note[0] ? "; " : "", last_note
  );
  fflush(stderr);
  MPI_Abort(MPI_COMM_WORLD, 1);
  _exit(1);
}

/// Sends a heartbeat to the next process every second, and receives those of the previous one.
static void *watch_neighbour(void *unused) {
  (void)unused;
  const int before = (own_rank + process_count - 1) % process_count, next = (own_rank + 1) % process_count;
  char in = 0, out = 0;
  MPI_Request incoming, outgoing = MPI_REQUEST_NULL;
  MPI_Irecv(&in, 1, MPI_BYTE, before, SIGN, signs, &incoming);
  double heard = now(), spoken = 0, looked = heard;
  while (!atomic_load(&has_left)) {
    int arrived = 0, sent = 0;
    if (now() - spoken >= 1 && MPI_Test(&outgoing, &sent, MPI_STATUS_IGNORE) == MPI_SUCCESS && sent) {
      MPI_Isend(&out, 1, MPI_BYTE, next, SIGN, signs, &outgoing);
      spoken = now();
    }
    while (MPI_Test(&incoming, &arrived, MPI_STATUS_IGNORE) == MPI_SUCCESS && arrived) {
      heard = now();
      MPI_Irecv(&in, 1, MPI_BYTE, before, SIGN, signs, &incoming);
    }
    // A process that was itself stopped could not receive heartbeats meanwhile.
    if (now() - looked > longest_silence / 2.0) heard = now();
    looked = now();
    if (now() - heard > longest_silence) end_for_silence_of(before);
    pause_between_looks();
  }
  MPI_Cancel(&incoming);
  MPI_Request_free(&incoming);
  if (outgoing != MPI_REQUEST_NULL) MPI_Request_free(&outgoing);
  return NULL;
}

static int watch(int seconds) {
  longest_silence = seconds;
  is_watched = process_count > 1 && pthread_create(&watcher, NULL, watch_neighbour, NULL) == 0;
  return is_watched || process_count == 1 ? 0 : 1;
}

static void end_all(int status) { MPI_Abort(MPI_COMM_WORLD, status); }

static void leave(void) {
  // Heartbeats continue until all processes have arrived here.
  MPI_Barrier(MPI_COMM_WORLD);
  atomic_store(&has_left, 1);
  if (is_watched) pthread_join(watcher, NULL);
  MPI_Finalize();
}

static const struct rse_processes functions = {
  .version = RSE_PROCESSES_VERSION,
  .join = join,
  .gather = gather,
  .gather_parts = gather_parts,
  .gather_floats = gather_floats,
  .exchange = exchange,
  .is_done = is_done,
  .watch = watch,
  .note = note,
  .abort = end_all,
  .leave = leave,
};

const struct rse_processes *rse_processes(void) { return &functions; }

#else

const struct rse_processes *rse_processes(void) { return NULL; }

#endif
