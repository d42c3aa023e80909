import ArgumentParser
import Glibc
import LanguageServer
import Sessions
import Workbench

/// `rse lsp`
struct LanguageServerProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor: the Language Server Protocol on standard input and output.",
    discussion: """
      Editors start it for notebooks (.rsenb) and scripts (.rse). It tells errors while you type, completes and \
      explains commands, options and variables, lists headings and models, formats statements, and goes to \
      definitions. Nothing is run. Assets/editors holds what Vim, Neovim and VS Code need.
      """
  )

  @Flag(help: "Changes nothing; some editors give it.") var stdio = false

  func run() throws {
    if Terminal.inputIsTerminal {
      Terminal.write(
        "rse: an editor starts `rse lsp`; Ctrl-C or Ctrl-D ends it\n",
        to: .standardError
      )
    }
    // A disconnected client shows up as an error of the write.
    signal(SIGPIPE, SIG_IGN)
    let loop = ServerLoop(
      input: STDIN_FILENO,
      output: STDOUT_FILENO,
      catalog: .workbench,
      report: { Terminal.write("rse lsp: \($0)\n", to: .standardError) },
      isInterrupted: { Signals.isInterrupted }
    )
    try leave(loop.run())
  }
}
