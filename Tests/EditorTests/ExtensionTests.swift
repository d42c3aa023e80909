import Foundation
import Notebooks
import Sessions
import Testing
import Workbench

@Suite("The extension for VS Code")
struct ExtensionTests {
  private static let folder = Samples.editors + "/vscode/"

  private func object(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: Self.folder + name))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("has the version of the program, and all files that it names")
  func manifest() throws {
    let package = try object("package.json")
    #expect(package["version"] as? String == programVersion)
    let page = try String(contentsOfFile: Samples.editors + "/README.md", encoding: .utf8)
    #expect(
      page.contains("rse-\(programVersion).vsix") && page.contains("/rse-\(programVersion)\n")
    )
    let contributes = try #require(package["contributes"] as? [String: Any])
    var files = [try #require(package["main"] as? String)]
    for kind in ["languages", "grammars", "snippets"] {
      let entries = try #require(contributes[kind] as? [[String: Any]])
      files += entries.compactMap { $0["path"] as? String ?? $0["configuration"] as? String }
    }
    #expect(files.count == 7)
    for file in files where file.hasSuffix(".json") { _ = try object(file) }
    #expect(files.allSatisfy { FileManager.default.fileExists(atPath: Self.folder + $0) })
  }

  @Test("has snippets that are right with what stands in their fields")
  func snippets() throws {
    let snippets = try object("snippets/rse.json")
    for (name, value) in snippets {
      let snippet = try #require(value as? [String: Any])
      let body = try #require(snippet["body"] as? [String]).joined(separator: "\n")
      var text = body.replacing(/\$\{\d+:([^}]*)\}/) { String($0.output.1) }
        .replacingOccurrences(of: "\n$0", with: "\n").replacingOccurrences(of: "\\$", with: "$")
      if !text.hasPrefix("rsenb 1") { text = "rsenb 1\n\n" + text }
      let notebook = try Notebook(parsing: Array(text.utf8), file: name)
      #expect(Session().check(notebook).isEmpty, "\(name)")
    }
    #expect(snippets.count == 5)
  }
}
