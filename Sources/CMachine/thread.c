#define _GNU_SOURCE
#include "CMachine.h"

#include <sys/prctl.h>

void rse_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
