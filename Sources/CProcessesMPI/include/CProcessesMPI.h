#ifndef C_PROCESSES_MPI_H
#define C_PROCESSES_MPI_H

#include "CProcesses.h"

/// What processes do together, by MPI; null where the library was built without it.
const struct rse_processes *rse_processes(void);

#endif
