import CommandLanguage
import Foundation

/// The initial content of a notebook that `rse new` makes.
struct NotebookTemplate: Sendable {
  let name: String
  /// The summary shown by `rse new --template list`.
  let summary: String
  /// The cells below the title.
  let body: @Sendable (Place) -> String

  /// The parts of a template that depend on the notebook's name.
  struct Place {
    /// The prefix of the names of all files that the notebook writes: a word of the language that needs no
    /// quotes.
    let stem: String
    /// The notebook's path as a shell word.
    let file: String
  }

  /// All templates; the first is the default.
  static let all = [addition, music, passages, pairs, paper, sweep]

  /// The name that lists the templates instead.
  static let list = "list"

  /// Returns the template with this name.
  static func named(_ name: String) -> NotebookTemplate? { all.first { $0.name == name } }

  /// Returns the error message for a name that no template has.
  static func unknown(_ name: String) -> String {
    let names = all.map(\.name)
    let advice =
      Suggestion.nearest(to: name, among: names + [list]).map { "did you mean `\($0)`?" }
      ?? "there are \(Suggestion.listing(names, lastAfter: "and"))"
    return "there is no template `\(name)`: \(advice)"
  }

  /// The names and summaries of all templates, one per line.
  static var listing: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { template in
      "\(template.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(template.summary)\n"
    }.joined()
  }

  /// Returns the notebook's text.
  ///
  /// - Parameter file: the path that the notebook will have.
  func text(title: String, file: String) -> String {
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let place = Place(stem: Self.stem(of: name), file: Self.shellWord(file))
    return "rsenb 1\n\n# # \(title)\n#\n" + body(place) + "\n"
  }

  /// Returns a title made from the name of a file.
  static func title(of file: String) -> String {
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let words = name.split(whereSeparator: { "-_ ".contains($0) }).joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func stem(of name: String) -> String {
    let kept = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let words = String(kept).split(separator: "-").joined(separator: "-")
    return words.first.map(\.isLetter) ?? false
      ? words : "notebook" + (words.isEmpty ? "" : "-\(words)")
  }

  private static func shellWord(_ file: String) -> String {
    let plain = file.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0))
    }
    return plain ? file : "'" + file.replacing("'", with: #"'\''"#) + "'"
  }
}
