#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

// Readline is controlled through global variables, which Swift may not access.

/// Sets the program's name in ~/.inputrc and the completion functions, and leaves signals to the program.
static inline void rse_readline_begin(rl_completion_func_t *complete, rl_compdisp_func_t *display) {
  rl_readline_name = "rse";
  rl_catch_signals = 0;
  rl_attempted_completion_function = complete;
  rl_completion_display_matches_hook = display;
  // These characters delimit the part of a line that completion replaces; the completer handles quotes.
  rl_completer_word_break_characters = " \t\n;{}()=,";
  rl_completer_quote_characters = "";
  // Statements are UTF-8; a plain ASCII locale would split its characters.
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0) setlocale(LC_CTYPE, "C.UTF-8");
  using_history();
}

/// Excludes other completions, and sets whether a space follows a single one.
static inline void rse_readline_end_completion(int append_blank) {
  rl_attempted_completion_over = 1;
  rl_completion_append_character = ' ';
  rl_completion_suppress_append = !append_blank;
  rl_sort_completion_matches = 0;
}

/// The byte offset of the cursor in the line.
static inline int rse_readline_point(void) { return rl_point; }

/// The bytes of the line.
static inline const char *rse_readline_buffer(void) { return rl_line_buffer; }

/// Shows candidates in columns below the line; the first match is their common prefix.
static inline void rse_readline_list(char **matches, int count, int widest) {
  rl_display_match_list(matches, count, widest);
  rl_forced_update_display();
}

/// Shows lines below the line being edited.
static inline void rse_readline_show(const char *lines) {
  rl_crlf();
  fputs(lines, rl_outstream);
  rl_forced_update_display();
}

/// Adapts to the window's size and redraws the line.
static inline void rse_readline_resize(void) {
  rl_resize_terminal();
}

/// Leaves the line being edited as it is, marked ^C, and stops editing.
static inline void rse_readline_drop_line(void) {
  // A search shows its match when it ends, so it ends before the line does.
  rl_callback_sigcleanup();
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream != NULL ? rl_outstream : stdout);
  fflush(rl_outstream != NULL ? rl_outstream : stdout);
  rl_free_line_state();
  rl_replace_line("", 0);
  // The terminal is released without another line end.
  rl_callback_handler_remove();
}

/// Restores the terminal's settings in the middle of a line.
static inline void rse_readline_release_terminal(void) {
  if (rl_deprep_term_function != NULL) rl_deprep_term_function();
}

/// Prepares the terminal for editing again and redraws the line.
static inline void rse_readline_take_terminal(void) {
  if (rl_prep_term_function != NULL) rl_prep_term_function(1);
  rl_forced_update_display();
}
