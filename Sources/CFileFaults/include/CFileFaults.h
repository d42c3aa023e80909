#ifndef CFILEFAULTS_H
#define CFILEFAULTS_H

// Preloaded into a program (`LD_PRELOAD`), this library makes one of the calls that write files fail, or kills the
// program there. RSE_FAULT selects the call: `STEP NUMBER ACTION`, such as `rename 3 fail`.
//
// Steps are open, write, flush, close and rename of files whose names end in `.tmp`, and folder, the flush of a folder;
// each is counted from 1. Actions are fail (EIO, once), full (ENOSPC from then on), locked (EROFS from then on) and kill
// (SIGKILL before the call). When the call is first reached, its path is written to the file that RSE_FAULT_REACHED
// names. Calls are counted as if there were one thread.

#endif
