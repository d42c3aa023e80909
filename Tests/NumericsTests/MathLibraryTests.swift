import Foundation
import Testing

/// The functions of the C library give other last bits on other processors, so no number that a
/// notebook records may come from them.
@Suite("The C library's functions")
struct MathLibraryTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

  /// Programs that measure or disturb the others.
  private static let exempt: Set = ["HostileInput", "rse-bench", "rse-fuzz"]

  private static let calls = Result {
    try NSRegularExpression(
      pattern: #"""
        (?:^|[^\w.])(func\ )?(?:(?:Foundation|Glibc)\.)?
        ((?:a?(?:sin|cos|tan)h?|atan2|exp|exp2|exp10|expm1|log|log1p|log2|log10|logb|pow|cbrt|hypot
        |erfc?|[lt]gamma|gamma|sincos)(?:f|l|_r)?)\(
        """#,
      options: [.allowCommentsAndWhitespace, .anchorsMatchLines]
    )
  }

  /// The functions that a file calls, comments and texts left out.
  private static func calls(in source: String) throws -> [String] {
    let texts = #""""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/"#
    let code = source.replacingOccurrences(of: texts, with: "\"\"", options: .regularExpression)
    let range = NSRange(code.startIndex..., in: code)
    return try calls.get().matches(in: code, range: range).compactMap { match in
      // A declaration is no call.
      match.range(at: 1).location != NSNotFound
        ? nil : Range(match.range(at: 2), in: code).map { String(code[$0]) }
    }
  }

  @Test("are found where they are called")
  func finding() throws {
    let source = """
      let a = exp(x) + Foundation.log2(y) // cos(x)
      let b = "tan(x)" + Real.sin(x) + max(-pow(a, b), tape.tanh(x))
      func log(of: Int) {}
      """
    #expect(try Self.calls(in: source) == ["exp", "log2", "pow"])
  }

  @Test("are called by no module whose numbers reach a notebook")
  func absence() throws {
    let files = try #require(
      FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
    )
    var read = 0
    for case let file as URL in files
    where ["swift", "c", "h", "inc"].contains(file.pathExtension) {
      let path = file.pathComponents.dropFirst(Self.sources.pathComponents.count)
      if !Self.exempt.isDisjoint(with: path) { continue }
      let found = try Self.calls(in: String(contentsOf: file, encoding: .utf8))
      #expect(found.isEmpty, "\(path.joined(separator: "/")): \(found)")
      read += 1
    }
    #expect(read > 300)
  }
}
