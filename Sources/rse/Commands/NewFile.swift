import ArgumentParser
import CommandLanguage
import Files
import Foundation
import Notebooks

/// `rse new FILE`
struct NewFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a notebook to begin with.",
    discussion: """
      Every template runs at once and downloads nothing. Those that train begin with few steps; \
      `rse run FILE -p steps=2000` trains longer. The templates are:

      \(NotebookTemplate.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))
      """
  )

  @Argument(
    help: "The notebook (.rsenb), which must not exist yet; not with --template list.",
    completion: .file()
  )
  var file: String?
  @Option(help: "Its title, instead of one made from its name.") var title: String?
  @Option(
    help: ArgumentHelp(
      "What it begins with, \(Suggestion.listing(NotebookTemplate.all.map(\.name), lastAfter: "or")); "
        + "`\(NotebookTemplate.list)` shows them.",
      valueName: "name"
    ),
    completion: .list(NotebookTemplate.all.map(\.name) + [NotebookTemplate.list])
  )
  var template = NotebookTemplate.all[0].name

  func validate() throws {
    if template == NotebookTemplate.list {
      guard file == nil else {
        throw ValidationError(
          "`--template \(NotebookTemplate.list)` shows the templates and makes no notebook"
        )
      }
      return
    }
    guard NotebookTemplate.named(template) != nil else {
      throw ValidationError(NotebookTemplate.unknown(template))
    }
    guard let file else {
      throw ValidationError("the name of the notebook is missing, such as: rse new first.rsenb")
    }
    guard file.hasSuffix(".rsenb") else {
      throw ValidationError("the name of a notebook ends in .rsenb: \(file).rsenb")
    }
  }

  func run() throws {
    guard let file, let template = NotebookTemplate.named(template) else {
      return Terminal.write(NotebookTemplate.listing, to: .standardOutput)
    }
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      guard !FileManager.default.fileExists(atPath: file) else {
        throw NotebookError.alreadyExists(file: file)
      }
      let given = title?.split(whereSeparator: \.isNewline).joined(separator: " ") ?? ""
      let text = template.text(
        title: given.isEmpty ? NotebookTemplate.title(of: file) : given,
        file: file
      )
      try AtomicFile.write(Array(text.utf8), to: file)
      Terminal.write("\(file): run it with `rse run \(file)`\n", to: .standardOutput)
    }
  }
}
