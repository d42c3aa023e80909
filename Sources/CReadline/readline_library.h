#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Sets readline's global variables, which Swift may not touch: its name for ~/.inputrc, and that it
/// leaves signals to the program.
static inline void rse_readline_begin(void) {
  rl_readline_name = "rse";
  rl_catch_signals = 0;
  using_history();
}
