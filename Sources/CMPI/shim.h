#if __has_include(<mpi.h>)
#include <mpi.h>
#endif
