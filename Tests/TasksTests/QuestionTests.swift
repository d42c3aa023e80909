import Tasks
import Testing

@Suite("Questions and answers") struct QuestionTests {
  @Test(
    "tasks are asked and answered as people write",
    arguments: [
      ("badd", "1011 + 110", "10001"), ("badd", "0+0", "0"), ("badd", "1+1", "10"),
      ("badd", "1 1 1 1 + 1", "10000"), ("badd", "110+1011", "10001"), ("add", "999 + 1", "1000"),
      ("qadd", "33 + 1", "100"), ("bmul", "11 * 11", "01001"), ("mul", "13 * 11", "143"),
      ("mul", "0 * 7", "0"), ("qmul", "3 * 3", "021"), ("mulbcd", "13 * 11", "0143"),
      ("div", "17 / 5", "3 remainder 2"), ("div", "0 / 1", "0 remainder 0"),
      ("div", "17 / 5 in 9 bits", "3 remainder 2"), ("sort", "3, 1 2", "1 2 3"),
      ("kvsort", "3:8 1:2 3:1", "1:2 3:8 3:1"), ("id", "7", "7"), ("rev", "3 1 2", "2 1 3"),
      ("rev2", "1:2 3:4", "3:4 1:2"), ("incr", "11 11 2", "1 1 3"), ("incr", "11", "1"),
      ("left", "4 5", "4"), ("right", "4 5", "5"), ("dup", "3 1", "3 1 3 1"),
      ("dup", "3 1 _", "3 1 3 1"), ("shuffle", "1 2 3 4 5 6 7 8", "1 5 3 7 2 6 4 8"),
      ("rol", "1011 <<< 2", "1110"), ("rol", "100 <<< 1", "001"), ("search", "3:8 7:2 ? 7", "2"),
      ("search", "3:8 3:2 ? 3", "8"), ("search", "3:8 7:2 ? 1", "not found"),
      ("memory_indexing", "5=1 9=0 ? 9 5", "0 1"), ("w_sort", "1 2|2 1|2", "2 | 2 1 | 1 2"),
      ("merge", "1 2 | 2 | * | 1 | 2 1", "1 | 1 2 | 2 | 2 1 | *"), ("merge", "*|4", "4 | *"),
      ("dyck", "([)]", "not balanced"), ("dyck", "([ ]) ()", "balanced"),
      ("dyck_continue", "([(", ")])"), ("dyck_continue", "[]", "(nothing)"),
    ] as [(String, String, String)]
  )
  func answers(task name: String, question: String, answer: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let input = try task.input(asking: question)
    #expect(task.answer(task.target(of: input) + [0, 0]) == answer)
  }

  @Test(
    "questions of another form are refused",
    arguments: [
      ("badd", ["", "1011", "1 + 2", "1 +", "+ 1", "1 + 1 + 1", "a + b", "1 - 1", "١ + 1"]),
      ("mul", ["", "1 + 1", "*", "1 * -1"]), ("qmul", ["4 * 1"]), ("mulbcd", ["1.5 * 2", "1"]),
      ("div", ["1 / 0", "1", "9 / 1 in 2 bits", "9 / 1 in", "9 / 1 in x bits", "9 / 1 in 0 bits"]),
      ("sort", ["", "0", "12", "x", "-1", "99999999999"]), ("kvsort", ["1 2", "1:2:3", "1:", ""]),
      ("rol", ["101", "101 <<< 3", "101 <<< -1", "<<< 1", "12 <<< 1", "101 <<< x"]),
      ("search", ["1:2", "? 1", "1:2 ?", "1:2 ? 3 4", "1 ? 1"]), ("dup", ["", "_", "1 _ 2"]),
      ("memory_indexing", ["5=1", "5=2 ? 5", "5=1 5=0 ? 5", "5=1 ?", "5=1 ? 6", "200=1 ? 200"]),
      ("w_sort", ["", "1 || 2", "| 1", "1 |", "99"]),
      ("merge", ["1 | 2", "* | *", "1 * | 2", "98"]),
      ("dyck", ["", "a", "{"]), ("dyck_continue", ["", ")", "(]"]),
    ] as [(String, [String])]
  )
  func refused(task name: String, questions: [String]) throws {
    let task = try #require(TaskCatalog.task(named: name))
    for question in questions {
      let error = #expect(throws: QuestionError.self, "`\(question)`") {
        try task.input(asking: question)
      }
      #expect(error?.remedy.isEmpty == false)
    }
  }

  @Test("any output has an answer to show, in one line", arguments: TaskCatalog.tasks.map(\.name))
  func anything(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let last = Int32(task.outputSymbols - 1)
    for output in [[], [0], [0, 1], [last], [last, 0, 1, 0], [1, 2, last, last, 1, 0, 2]] {
      let answer = task.answer(output)
      #expect(!answer.isEmpty && !answer.contains("\n"))
    }
  }
}
