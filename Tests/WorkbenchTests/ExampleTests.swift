import CommandLanguage
import Foundation
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

/// Every example of every command and keyword is run, as help shows it.
@Suite struct ExampleTests {
  struct Row: Sendable, CustomStringConvertible {
    let owner: String
    let code: String

    var description: String { "\(owner): \(code)" }
  }

  static let rows: [Row] =
    Session.commands.declarations.flatMap { declaration in
      declaration.examples.map { Row(owner: declaration.name, code: $0.code) }
    }
    + KeywordPage.all.flatMap { page in
      page.examples.map { Row(owner: page.name, code: $0.code) }
    }

  @Test("every command has an example and a help page that fits 80 columns")
  func declarations() {
    for declaration in Session.commands.declarations {
      #expect(!declaration.examples.isEmpty, "`\(declaration.name)` has no example")
      let page = HelpPage.text(for: declaration, width: 80)
      #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(declaration.name)")
    }
  }

  @Test("examples run", arguments: rows)
  func example(row: Row) throws {
    let test = try TestSession()
    _ = try test.folder.write("12\t21\n123\t321\n13\t31\n", to: "pairs.tsv")
    _ = try test.folder.write("23\t32\n", to: "test.tsv")
    let columns = "onset,offset,name\n"
    _ = try test.folder.write(columns + "0,1,C4\n1,2,E4\n2,3,G4\n", to: "played.csv")
    _ = try test.folder.write(columns + "0.01,0.9,C4\n1.2,2,E4\n2,2.5,G4\n", to: "heard.csv")
    try FileManager.default.createDirectory(
      atPath: test.folder("passages"),
      withIntermediateDirectories: true
    )
    let passage = "anna met ben at the mill , and then she gave the bread to ben\n"
    for name in ["train.txt", "test.txt"] {
      _ = try test.folder.write(passage, to: "passages/" + name)
    }
    test.submit("data badd lengths=8 batch=2; model rse maps=2")
    for line in row.code.split(separator: "\n") where !row.code.contains("{") {
      #expect(try test.session.submitTyped(String(line)) { _ in }.failure == nil)
    }
    if row.code.contains("{") { #expect(test.submit(row.code).failure == nil) }
  }
}
