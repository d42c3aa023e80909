import CommandLanguage
import Foundation

/// What `rse new` begins a notebook with.
struct NotebookTemplate: Sendable {
  let name: String
  /// What it is about, for `rse new --template list`.
  let summary: String
  /// The cells below the title.
  let body: @Sendable (Place) -> String

  /// What the text of a template takes from the name of the notebook.
  struct Place {
    /// The beginning of the names of all files that the notebook writes: a word of the language, so that it needs no
    /// quotes.
    let stem: String
    /// The notebook itself as a word of a shell.
    let file: String
  }

  /// All of them; the first is taken where none is named.
  static let all = [addition, music, passages, pairs, paper, sweep]

  /// The name that lists them instead.
  static let list = "list"

  /// The template of this name.
  static func named(_ name: String) -> NotebookTemplate? { all.first { $0.name == name } }

  /// What is wrong with a name that no template has.
  static func unknown(_ name: String) -> String {
    let names = all.map(\.name)
    let advice =
      Suggestion.nearest(to: name, among: names + [list]).map { "did you mean `\($0)`?" }
      ?? "there are \(Suggestion.listing(names, lastAfter: "and"))"
    return "there is no template `\(name)`: \(advice)"
  }

  /// A line for each, its name and what it is about.
  static var listing: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { template in
      "\(template.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(template.summary)\n"
    }.joined()
  }

  /// The notebook.
  ///
  /// - Parameter file: the path that it will have.
  func text(title: String, file: String) -> String {
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let place = Place(stem: Self.stem(of: name), file: Self.shellWord(file))
    return "rsenb 1\n\n# # \(title)\n#\n" + body(place) + "\n"
  }

  /// A title made from the name of a file.
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
