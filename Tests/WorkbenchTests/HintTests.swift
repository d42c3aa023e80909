import CommandLanguage
import Testing

@testable import Sessions
@testable import Workbench

@Suite("What people type first")
struct HintTests {
  @Test(
    "is told how it is done here",
    arguments: [
      ("exit", "`quit` or Ctrl-D"), ("q", "`quit` or Ctrl-D"), ("clear", "Ctrl-L"),
      ("ls", "TAB lists files"), ("pwd", "the folder that rse was started in"),
      ("train?", "`help train`"), ("data badd lengths=8, 16", "a list without blanks: 8,16,32"),
      ("data badd lengths=8,16, 32", "a list without blanks"),
      ("data badd lengths=8-64", "a range is written 8..64"),
      ("data addition", "did you mean `add`?"), ("data sorting", "did you mean `sort`?"),
      ("data multiplication", "did you mean `mul`?"), ("data reversal", "did you mean `rev`?"),
      ("data badd 3", "write it as: data"),
    ]
  )
  func hint(text: String, remedy: String) throws {
    let test = try TestSession()
    test.submit(text)
    let told = try #require(test.diagnostics.first?.remedy)
    #expect(told.contains(remedy), "\(told)")
  }
}
