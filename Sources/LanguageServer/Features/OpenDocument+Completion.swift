import CommandLanguage
import Foundation
import Sessions

extension OpenDocument {
  /// Returns the completions at a position, including the names that are defined above it.
  func completion(at position: Position, _ catalog: Catalog) -> CompletionList {
    let place = text.place(of: position)
    let above = definitions(before: place)
    var typed: String
    if let (placed, offset) = piece(at: position) {
      typed = placed.source.text(in: SourceRange(0, offset))
    } else {
      typed = text.lines[place.line]
      guard typed.allSatisfy(\.isWhitespace), !isHeader(place.line) else {
        return CompletionList(items: [])
      }
      typed = ""
    }
    var variables = VariableTable()
    for definition in above where [.variable, .parameter].contains(definition.kind) {
      variables[definition.name] = .nothing
    }
    let models = above.filter { $0.kind == .model && $0.isConstant }
    let completion = Completer(
      registry: catalog.commands,
      variables: variables,
      defined: definedStatements,
      host: DocumentNames(
        session: Session(catalog: catalog, folder: folder),
        models: models.map { ($0.name, $0.text) }
      )
    ).completion(of: typed)
    let length = completion.range.upper - completion.range.lower
    let range = TextRange(
      start: clientPosition(of: LinePlace(line: place.line, byte: max(0, place.byte - length))),
      end: clientPosition(of: place)
    )
    let details = Dictionary(above.map { ($0.name, $0.text) }) { $1 }
    let isReference =
      NamePlace(at: typed.utf8.count, in: typed)?.isReference ?? typed.endsInReference
    return CompletionList(
      items: completion.candidates.enumerated().map { index, candidate in
        CompletionList.Item(
          label: candidate.label,
          kind: isReference ? .variable : .init(candidate),
          detail: (isReference ? details[candidate.label] : nil) ?? candidate.summary,
          sortText: String(format: "%05d", index),
          filterText: candidate.text,
          textEdit: TextEdit(range: range, newText: candidate.text)
        )
      }
    )
  }

  /// The declarations of the statements that the document defines.
  private var definedStatements: [CommandDeclaration] {
    analysis.pieces.flatMap { placed in
      placed.piece.result.script.definedStatements
    }
  }

  private struct NamedText {
    let name: String
    let kind: Definition.Kind
    let isConstant: Bool
    /// The first line of the statement.
    let text: String
  }

  /// Returns the definitions before a place, in order.
  private func definitions(before place: LinePlace) -> [NamedText] {
    var found: [NamedText] = []
    for placed in analysis.pieces {
      if placed.firstLine > place.line { break }
      let source = placed.source
      for definition in placed.piece.definitions {
        guard self.place(of: definition.range.upper, in: placed) <= place else { continue }
        found.append(
          NamedText(
            name: definition.name,
            kind: definition.kind,
            isConstant: definition.isConstant,
            text: source.firstLine(of: definition.statement)
          )
        )
      }
    }
    return found
  }

  private func isHeader(_ line: Int) -> Bool {
    isNotebook && line < DocumentAnalysis.headerCount(of: text.lines)
  }

  /// The folder that relative paths of the document start from.
  private var folder: String {
    guard let url = URL(string: uri), url.isFileURL else { return Session.workingFolder }
    return url.deletingLastPathComponent().path
  }
}

extension Source {
  /// Returns the first line of a range.
  func firstLine(of range: SourceRange) -> String {
    let text = text(in: range)
    return text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? text
  }
}

extension String {
  /// True if the text ends in a variable reference whose name has no letter yet.
  fileprivate var endsInReference: Bool { hasSuffix("$") || hasSuffix("${") }
}

extension CompletionList.Kind {
  fileprivate init(_ candidate: Completion.Candidate) {
    if candidate.text.hasSuffix("=") {
      self = .property
    } else if candidate.text.hasSuffix("(") {
      self = .function
    } else if candidate.text.hasSuffix("/") {
      self = .folder
    } else if Keyword(rawValue: candidate.text) != nil {
      self = .keyword
    } else if candidate.label.contains(".") {
      self = .file
    } else {
      self = .value
    }
  }
}

/// The names that completion offers in a document: its models, and the names that an empty session knows.
private struct DocumentNames: CompletionHost {
  let session: Session
  let models: [(name: String, summary: String)]

  func names(of thing: String) -> [(name: String, summary: String)] {
    thing == "model" ? models : session.names(of: thing)
  }

  func paths(beginningWith text: String, extensions: [String]?) -> [String] {
    session.paths(beginningWith: text, extensions: extensions)
  }
}
