import Tensors
import Testing

@testable import Tasks

@Suite("Names of symbols")
struct SymbolNameTests {
  @Test(
    "symbols are named as in questions",
    arguments: [
      ("badd", "10 + 1", "0 1 + 1 0"), ("mul", "20 * 3", "0 2 * 3 0"), ("sort", "3 1 2", "3 1 2"),
      ("div", "2 / 1", "0 1 / 1 0"), ("mulbcd", "9 * 1", "1 0 0 1' * 1 0 0 0'"),
      ("rol", "110 <<< 1", "0 1 1 < -"), ("memory_indexing", "5=1 9=0 ? 9 5", "5=1 9=0 9 5"),
      ("search", "3:8 ? 3", "3 8 3"), ("w_sort", "1 2|2", "1 2 | 2"), ("merge", "*|4", "* | 4"),
      ("dyck", "([)]", "( [ ) ]"), ("dyck_continue", "([", "( ["), ("dup", "3", "3 _"),
    ]
  )
  func inputs(task name: String, question: String, names: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    #expect(try task.input(asking: question).map(task.inputName).joined(separator: " ") == names)
  }

  @Test(
    "symbols are named as in answers",
    arguments: [
      ("badd", "10 + 1", "1 1"), ("div", "2 / 1", "0 1 | r0 r0"),
      ("mulbcd", "3 * 3", "1 0 0 1' 0 0 0 0'"),
      ("rol", "110 <<< 1", "1 0 1"), ("memory_indexing", "5=1 9=0 ? 9 5", "0 1"),
      ("w_sort", "1|2", "2 | 1"), ("merge", "*|4", "4 | *"), ("dyck", "([)]", "not balanced"),
      ("dyck", "()", "balanced"), ("dyck_continue", "([", "] )"), ("search", "3:8 ? 1", "_"),
    ]
  )
  func outputs(task name: String, question: String, names: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let output = task.target(of: try task.input(asking: question))
    #expect(output.map(task.outputName).joined(separator: " ") == names)
  }

  @Test("the symbols of any output are different as far as they occur in targets")
  func different() {
    for task in TaskCatalog.tasks {
      var stream = RandomSource(seed: 1).stream(.examples, 0)
      let targets = (9...20).compactMap(task.inputLength).map {
        task.example(length: $0, using: &stream).target
      }
      let symbols = Set(targets.joined())
      #expect(Set(symbols.map(task.outputName)).count == symbols.count, "\(task.name)")
    }
  }
}
