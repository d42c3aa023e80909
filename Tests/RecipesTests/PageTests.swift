import Foundation
import Testing

/// The pages for contributors say what is there.
@Suite("Pages for contributors")
struct PageTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let catalogue = "Sources/rse/Documentation.docc/"
  private static let pages =
    ["README.md"]
    + ["ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "MEASUREMENTS"].map { catalogue + $0 + ".md" }

  private func text(of path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  private func isThere(_ path: String, from folder: String) -> Bool {
    let url = Self.root.appendingPathComponent(folder).appendingPathComponent(path)
    return FileManager.default.fileExists(atPath: url.standardizedFileURL.path)
  }

  @Test("each module of the sources has its row in the architecture, and no other")
  func modules() throws {
    let package = try text(of: "Package.swift")
    let modules = Set(
      package.matches(of: /\b(?:target|program)\(\s*"([A-Za-z-]+)"|\.target\(\s*name: "([A-Z]\w+)"/)
        .compactMap { ($0.output.1 ?? $0.output.2).map(String.init) }
    )
    let page = try text(of: Self.catalogue + "ARCHITECTURE.md")
    let table = page.split(separator: "\n").drop { !$0.hasPrefix("| module |") }
      .prefix { $0.hasPrefix("|") }
    let rows = Set(table.compactMap { $0.firstMatch(of: /^\| `([A-Za-z-]+)` \|/)?.output.1 })
    #expect(modules.contains("Sessions") && modules.contains("CKernels"))
    // Programs and modules in C that only wrap or disturb something, and the support of the tests.
    let others: Set = ["CFileFaults", "CFuzzer", "CKernelCases", "CPNGShim", "TestSupport"]
    #expect(
      modules.subtracting(others).subtracting(["rse-fuzz", "rse-bench"])
        == Set(rows.map(String.init))
    )
  }

  @Test("a module of the architecture sees only modules of rows above its own")
  func floors() throws {
    let page = try text(of: Self.catalogue + "ARCHITECTURE.md")
    let table = page.split(separator: "\n").drop { !$0.hasPrefix("| module |") }
      .prefix { $0.hasPrefix("|") }.dropFirst(2)
    var above: Set<Substring> = []
    for row in table {
      let cells = row.split(separator: "|")
      let seen = cells.last?.matches(of: /`([A-Za-z]+)`/).map(\.output.1) ?? []
      if cells.count == 3 { #expect(above.isSuperset(of: seen), "\(row)") }
      above.formUnion(cells[0].matches(of: /`([A-Za-z]+)`/).map(\.output.1))
    }
    #expect(above.count > 15)
  }

  @Test("every link to a file leads to one", arguments: pages)
  func links(page: String) throws {
    let folder = (page as NSString).deletingLastPathComponent
    let links = try text(of: page).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/).map(\.output.1)
    for link in links { #expect(isThere(String(link), from: folder), "\(link)") }
  }

  @Test("every path that the pages name is there", arguments: pages.filter { $0 != "README.md" })
  func paths(page: String) throws {
    let paths = try text(of: page)
      .matches(of: /`((?:Sources|Tests|Notebooks|Assets)\/[A-Za-z0-9_+.\/-]+)`/).map(\.output.1)
    for path in paths { #expect(isThere(String(path), from: ""), "\(path)") }
  }
}
