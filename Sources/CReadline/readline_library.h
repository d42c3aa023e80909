#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

// Readline is steered through global variables, which Swift may not touch.

/// Sets readline's name for ~/.inputrc, and that it leaves signals to the program.
static inline void rse_readline_begin(void) {
  rl_readline_name = "rse";
  rl_catch_signals = 0;
  using_history();
}

/// Leaves the line that is being edited as it stands, marked ^C, and stops editing.
static inline void rse_readline_drop_line(void) {
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream != NULL ? rl_outstream : stdout);
  fflush(rl_outstream != NULL ? rl_outstream : stdout);
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_replace_line("", 0);
  // The terminal is given back without another line end.
  rl_callback_handler_remove();
}

/// Gives the terminal back in the middle of a line.
static inline void rse_readline_release_terminal(void) {
  if (rl_deprep_term_function != NULL) rl_deprep_term_function();
}

/// Takes the terminal again and shows the line.
static inline void rse_readline_take_terminal(void) {
  if (rl_prep_term_function != NULL) rl_prep_term_function(1);
  rl_forced_update_display();
}
