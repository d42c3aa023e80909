import ArgumentParser
import Sessions
import Workbench

/// `rse help TOPIC`
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explain a command of the shell, as `help` does there."
  )

  @Argument(
    help: "A command, `language`, or words to search for.",
    completion: .list(Session.help.topics)
  )
  var topic: [String] = []

  @Flag(help: "Print the whole reference.") var all = false
  @Flag(help: "With --all: as Markdown.") var markdown = false
  @Flag(help: "With --all: as a manual page.") var man = false
  @Flag(help: "With --all: the words of the language, as a syntax file of Vim.") var vim = false
  @Flag(help: "With --all: the same as a TextMate grammar, which VS Code reads.")
  var textmate = false

  func validate() throws {
    let forms = [markdown, man, vim, textmate].filter { $0 }
    guard all || forms.isEmpty else {
      throw ValidationError(
        "--markdown, --man, --vim and --textmate print the whole reference: add --all"
      )
    }
    guard !all || topic.isEmpty else {
      throw ValidationError("--all prints the whole reference: leave out `\(topic[0])`")
    }
    guard forms.count <= 1 else {
      throw ValidationError("choose one of --markdown, --man, --vim and --textmate")
    }
  }

  func run() throws {
    if all {
      try showReference()
      return
    }
    let program = RSE.configuration.subcommands.first {
      topic == [$0.configuration.commandName] && $0 != Help.self
    }
    let words = topic.joined(separator: " ")
    let page = HelpCommand.text(on: words, width: Terminal.width)
    if page == nil, program == nil {
      let nearest = Session.help.suggestion(for: words)
      let remedy =
        nearest.map { "did you mean `rse help \($0)`?" } ?? "`rse help` lists all commands"
      Terminal.write("error: there is no help on `\(words)`\n  \(remedy)\n", to: .standardError)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    let options = program.map { RSE.helpMessage(for: $0, columns: Terminal.width) }
    Pager.show([page, options].compactMap { $0 }.joined(separator: "\n\n"))
  }
}

extension Help {
  /// Prints the output of `--all`; text for reading goes through the pager.
  private func showReference() throws {
    if let text = try file() {
      Terminal.write(text, to: .standardOutput)
    } else {
      Pager.show(try Reference().text(Terminal.width))
    }
  }

  /// Returns the content of a file generated from the reference; nil for text to be read.
  private func file() throws -> String? {
    let syntax = EditorSyntax(Session.help.commands)
    if vim { return VimSyntax(syntax: syntax).text }
    if textmate { return try TextMateGrammar(syntax).text() }
    return markdown ? try Reference().markdown : man ? try Reference().manual : nil
  }
}

/// `rse completions bash`
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print what makes a shell complete the arguments of rse.",
    discussion: """
      bash: `rse completions bash > /etc/bash_completion.d/rse`
      zsh: `rse completions zsh > _rse`, in a folder of `$fpath`
      fish: `rse completions fish > ~/.config/fish/completions/rse.fish`
      """
  )

  /// The shells for which there are scripts.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish

    var completion: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "The shell: bash, zsh or fish.") var shell: Shell

  func run() {
    Terminal.write(
      RSE.completionScript(for: shell.completion) + "\n",
      to: .standardOutput
    )
  }
}
