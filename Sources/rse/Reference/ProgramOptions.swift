import ArgumentParser
import Foundation

/// The options and arguments of the program, as its declarations have them.
struct ProgramOptions: Decodable {
  /// The program or one of its subcommands.
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let shouldDisplay: Bool?
    let arguments: [Argument]?
  }

  /// An option, a flag or an argument.
  struct Argument: Decodable, Equatable {
    struct Name: Decodable, Equatable {
      let kind: String
      let name: String
    }

    let kind: String
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?
    let shouldDisplay: Bool
  }

  let command: Command

  /// - Throws: A decoding error if the library describes commands in another form.
  static func read() throws -> ProgramOptions {
    try JSONDecoder().decode(ProgramOptions.self, from: Data(RSE._dumpHelp().utf8))
  }
}

extension ProgramOptions {
  /// The program and each subcommand with their name as it is typed, what they take, and whether the
  /// options of the program are among it.
  var pages: [Page] {
    let shared = command.shown
    // The library adds a subcommand `help` of its own.
    let parts = (command.subcommands ?? []).reduce(into: [Command]()) { parts, part in
      if !parts.contains(where: { $0.commandName == part.commandName }) { parts.append(part) }
    }
    return [Page(name: "rse", command: command, arguments: shared, shared: nil)]
      + parts.flatMap { part in [(name: "rse", part)] + part.parts(under: "rse") }.map {
        under,
        part in
        let own = part.shown.filter { !shared.contains($0) }
        return Page(
          name: "\(under) \(part.commandName)",
          command: part,
          arguments: own,
          shared: part.takes("progress")
            ? part.takes("p") ? "[options of rse]" : "[options of rse without -p]" : nil
        )
      }
  }

  /// What the reference says on the program or a subcommand.
  struct Page {
    let name: String
    let command: Command
    fileprivate let arguments: [Argument]
    /// How options of the program are named among what it takes; nil if it takes none.
    fileprivate let shared: String?

    /// How it is called.
    var synopsis: String {
      ([name] + arguments.map(\.usage) + (shared.map { [$0] } ?? []))
        .joined(separator: " ")
    }

    /// The arguments with what they mean.
    var rows: [(term: String, text: String)] { arguments.map { ($0.term, $0.explanation) } }
  }
}

extension ProgramOptions.Command {
  /// The subcommands that are shown, with what stands before their names.
  fileprivate func parts(under name: String) -> [(name: String, ProgramOptions.Command)] {
    (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay ?? true }
      .map { ("\(name) \(commandName)", $0) }
  }

  fileprivate var shown: [ProgramOptions.Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  fileprivate func takes(_ name: String) -> Bool {
    shown.contains { $0.names?.first?.name == name }
  }
}

extension ProgramOptions.Argument {
  fileprivate var term: String {
    guard kind != "positional" else { return valueName ?? "" }
    let value = kind == "option" ? " \(valueName ?? "value")" : ""
    return dashed.joined(separator: ", ") + value
  }

  fileprivate var usage: String {
    let value = valueName ?? "value"
    let text =
      switch kind {
      case "positional": "<\(value)>"
      case "option": "\(dashed.last ?? "") <\(value)>"
      default: dashed.last ?? ""
      }
    return (isOptional ? "[\(text)]" : text) + (isRepeating ? " …" : "")
  }

  fileprivate var explanation: String {
    (abstract ?? "") + (defaultValue.map { " (default \($0))" } ?? "")
  }

  private var dashed: [String] {
    (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
  }
}
