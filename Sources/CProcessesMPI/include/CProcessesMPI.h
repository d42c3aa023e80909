#ifndef C_PROCESSES_MPI_H
#define C_PROCESSES_MPI_H

#include "CProcesses.h"

/// Returns the operations between processes, by MPI; null if the library was built without MPI.
const struct rse_processes *rse_processes(void);

#endif
