#include "CMachine.h"

#include <sys/prctl.h>
#include <unistd.h>

bool rse_end_with(int parent, int number) {
  return prctl(PR_SET_PDEATHSIG, number) == 0 && getppid() == parent;
}
