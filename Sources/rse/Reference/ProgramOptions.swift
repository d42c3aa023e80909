import ArgumentParser
import Foundation

/// The program's options and arguments, from its declarations.
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

  /// - Throws: A decoding error if the library's description of commands has another form.
  static func read() throws -> ProgramOptions {
    try JSONDecoder().decode(ProgramOptions.self, from: Data(RSE._dumpHelp().utf8))
  }
}

extension ProgramOptions {
  /// The program and each subcommand, with the name as typed, the arguments, and a note whether the
  /// program's options are accepted too.
  var pages: [Page] {
    let shared = command.shown
    // The library adds its own subcommand `help`.
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

  /// The reference entry for the program or a subcommand.
  struct Page {
    let name: String
    let command: Command
    fileprivate let arguments: [Argument]
    /// The note in the synopsis on the program's options; nil if they are not accepted.
    fileprivate let shared: String?

    /// The synopsis of the call.
    var synopsis: String {
      ([name] + arguments.map(\.usage) + (shared.map { [$0] } ?? []))
        .joined(separator: " ")
    }

    /// The arguments with their explanations.
    var rows: [(term: String, text: String)] { arguments.map { ($0.term, $0.explanation) } }
  }
}

extension ProgramOptions.Command {
  /// Returns the subcommands that are shown, with the prefix of their names.
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
