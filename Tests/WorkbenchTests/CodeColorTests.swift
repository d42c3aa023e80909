import Notebooks
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Colours of code")
struct CodeColorTests {
  @Test("statements are read as the session reads them")
  func session() {
    #expect(
      Catalog.workbench.codeColors("try 1 + $x; train 5 rate=2 # é \"x\"") == [
        CodeColor(0..<3, .command), CodeColor(8..<10, .variable), CodeColor(12..<17, .command),
        CodeColor(18..<19, .number), CodeColor(20..<25, .option), CodeColor(25..<26, .number),
        CodeColor(27..<35, .comment),
      ]
    )
    #expect(
      Catalog.workbench.codeColors("let a = \"b\"") == [
        CodeColor(0..<3, .keyword), CodeColor(4..<5, .variable), CodeColor(8..<11, .string),
      ]
    )
  }
}
