import CommandLanguage
import Foundation
import Notebooks
import Sessions
import Workbench

/// The texts that syntax files must know.
enum Samples {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let editors = root + "/Assets/editors"

  /// All notebooks that ship, and one with all forms of the language.
  static func paths(in folder: String) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: root + "/Notebooks")?.allObjects ?? []
    let notebooks = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".rsenb") }.sorted()
    let path = folder + "/forms.rsenb"
    try forms.write(toFile: path, atomically: true, encoding: .utf8)
    return notebooks.map { root + "/Notebooks/" + $0 } + [path]
  }

  private static let forms: String = {
    let examples = Session.commands.declarations.flatMap { declaration in
      declaration.examples.map(\.code)
    }
    let keywords = KeywordPage.all.flatMap(\.examples).map(\.code)
    return """
      rsenb 1
      environment: arithmetic 1

      # # Forms `code` **strong** [link](target)
      let größe_2 = max(1, 2) * -3 ^ 2 ; $größe_2.a[64]["b"].c
      let a = not true and (1 +
        2 >= 3) or false
      param name = ../x-1.png
      param list = x, y
      for m in $list { model rse maps=$m as=rse$m ; train 1k validate=every 2 } # comment
      for w in train, data, 3 { if $w == 1 { time "a" } else if $w != 2 { 'b $c' } else { 1e-3 } }
      data sort lengths=8,16..64 by *2 \\
        batch=8
      "text \\"$a ${b.c[1]}\\\\\\n", 64Ki, .5, 1..$n
      try it's "b ; c" $a ${b.c} { x } ; help train
      ? data
      assert $a.b[64] % 2 == 0, "message"
      test lengths=64..4096 by *2 of=rse24,rse48
      save ~/ä-🎹.safetensors#1
      | let output = "open
      ~ {

      """ + (examples + keywords).joined(separator: "\n") + "\n"
  }()

  /// What stands at the places of a notebook, as the parser has it: its first byte.
  static func parts(of path: String) throws -> [(line: Int, byte: Int, kind: SyntaxPart.Kind)] {
    let notebook = try Notebook(contentsOf: path)
    let session = NotebookSession(Session())
    return notebook.cells(groupedBy: session).flatMap { cell in
      let source = Source(name: "", text: cell.code)
      return Session.commands.parse(source).script.parts.map { part in
        let line = source.lineIndex(at: part.range.lower)
        let byte = part.range.lower - source.range(ofLine: line).lower
        return (cell.lines.lowerBound + line, byte, part.kind)
      }
    }
  }

  /// The statements of a notebook that no syntax file can know: those that it defines, and those that must fail.
  static func unknownNames(in path: String) throws -> [String] {
    let notebook = try Notebook(contentsOf: path)
    let session = NotebookSession(Session())
    let statements = notebook.cells(groupedBy: session).flatMap { cell in
      Session.commands.parse(Source(name: "", text: cell.code)).script.allStatements
    }
    let defined = statements.compactMap { statement in
      if case .definition(let definition) = statement.kind { definition.name.text } else { nil }
    }
    let called = statements.compactMap(\.call?.call.name.text).filter(defined.contains)
    return Set(called + (path.hasSuffix("/language-tour.rsenb") ? ["tran"] : [])).sorted()
  }

  /// The words of a line, by whether each of its bytes belongs to one.
  static func words(of line: String, where belongs: [Bool]) -> [String] {
    let bytes = zip(line.utf8, belongs).map { $1 ? $0 : UInt8(ascii: "\n") }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
