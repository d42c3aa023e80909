import CommandLanguage
import Foundation
import TestSupport
import Testing

@Suite("The TextMate grammars")
struct TextMateTests {
  private let engine: TextMateEngine

  init() throws {
    let folder = Samples.editors + "/vscode/syntaxes/"
    engine = try TextMateEngine([
      folder + "rsenb.tmLanguage.json", folder + "rse.tmLanguage.json",
    ])
  }

  private static let scopes: [SyntaxPart.Kind: [String]] = [
    .comment: ["comment."], .keyword: ["keyword.", "constant.language"],
    .command: ["support.function.command", "entity.name.function.unknown"],
    .option: ["variable.parameter"], .variable: ["variable.other"], .number: ["constant.numeric"],
    .string: ["string.quoted"],
  ]

  @Test("leave no token of any notebook unknown, and see in it what the parser sees")
  func notebooks() throws {
    let folder = try TemporaryFolder()
    for path in try Samples.paths(in: folder.path) {
      let lines = try String(contentsOfFile: path, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let scopes = try engine.scopes(of: lines)
      var unknown: Set<String> = []
      for (line, scopes) in zip(lines, scopes) {
        for (byte, scope) in zip(line.utf8, scopes) where byte != 0x20 && byte != 0x09 {
          #expect(scope != "", "\(path): \(line)")
        }
        unknown.formUnion(Samples.words(of: line, where: scopes.map { $0.contains("unknown") }))
      }
      #expect(unknown.sorted() == (try Samples.unknownNames(in: path)))
      for part in try Samples.parts(of: path) {
        let scope = scopes[part.line][part.byte]
        #expect(
          Self.scopes[part.kind]?.contains { scope.hasPrefix($0) } == true,
          "\(path):\(part.line + 1): \(part.kind) at byte \(part.byte) is \(scope): \(lines[part.line])"
        )
      }
    }
  }
}
