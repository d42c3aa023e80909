import CommandLanguage
import Foundation
import Testing

@Suite("Values")
struct ValueTests {
  @Test(
    "numbers are written as people write them",
    arguments: [
      (0, "0"), (-0.0, "0"), (64, "64"), (-4, "-4"), (742_756, "742756"), (0.001, "0.001"),
      (1.0 / 3, "0.333333"), (1e-7, "1e-7"), (4.25e-9, "4.25e-9"), (1e20, "1e20"),
      (1_234_567.5, "1234567.5"), (0.1 + 0.2, "0.3"), (.nan, "nan"), (-.infinity, "-inf"),
      (999_999.5, "999999.5"), (1e15, "1e15"), (123_456_789_012, "123456789012"),
    ]
  )
  func numbers(number: Double, text: String) {
    #expect(Value.number(number).description == text)
  }

  static let record: Value = .record([
    "loss": 0.25, "task": "badd", "accuracy": .labelled([64: 0.5, "all": 0.25]),
    "list": .list([1, "a"]),
  ])

  @Test("records and labelled lists are shown line by line")
  func lines() {
    let expected = """
      loss: 0.25
      task: badd
      accuracy:
        64: 0.5
        all: 0.25
      list: 1,a
      """
    #expect(Self.record.description == expected)
    #expect(
      Self.record.inlineDescription
        == "loss: 0.25, task: badd, accuracy: {64: 0.5, all: 0.25}, list: 1,a"
    )
    #expect(Value.list([.record(["a": 1]), .list([1, 2])]).description == "{a: 1},(1,2)")
  }

  @Test("JSON keeps order and exact numbers, and is read by other programs")
  func json() throws {
    let text = Self.record.json
    #expect(
      text
        == #"{"loss":0.25,"task":"badd","accuracy":{"64":0.5,"all":0.25},"list":[1,"a"]}"#
    )
    let value = Value.list([
      .number(0.1 + 0.2), .number(.nan), .nothing, true, "a\"\\\n\u{1}é\u{1F600}", .number(1e300),
    ])
    let data = Data(value.json.utf8)
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    #expect(Value.number(0.1 + 0.2).json == "0.30000000000000004")
    #expect(read[4] as? String == "a\"\\\n\u{1}é\u{1F600}")
    #expect(read[5] as? Double == 1e300)
    #expect(value.json.contains("null,null,true"))
  }

  @Test(
    "parts are reached by field, place and label",
    arguments: [
      ("$r.loss", 0.25), ("$r.accuracy[64]", 0.5), ("$r.accuracy[\"64\"]", 0.5),
      ("$r.accuracy[all]", 0.25), ("$r.accuracy[32 * 2]", 0.5), ("$r.list[0]", 1),
      ("$r[\"loss\"]", 0.25), ("$r.list[$r.list[0]]", "a"), ("length($r)", 4),
      ("length($r.accuracy)", 2),
      ("max($r.accuracy)", 0.5),
    ] as [(String, Value)]
  )
  func access(text: String, expected: Value) throws {
    let host = TestHost()
    host.evaluator.variables["r"] = Self.record
    #expect(try host.run(text) == expected)
  }

  @Test(
    "what is missing is said with what there is",
    arguments: [
      (
        "$r.los", "`$r` has no field `los`",
        "did you mean `loss`? fields: loss, task, accuracy, list"
      ),
      ("$r.accuracy[65]", "`$r.accuracy` has no element labelled 65", "labels: 64, all"),
      ("$r.list[2]", "`$r.list` has no element 2", "its 2 elements are numbered from 0 to 1"),
      ("$r.list[0.5]", "the index of `$r.list` must be a whole number, not 0.5", nil),
      ("$r.task[0]", "`$r.task` is a text and has no elements", nil),
      (
        "$n.png", "`$n` is a number and has no field `png`",
        "to put text behind the value, write ${n}.png"
      ),
      ("$rr", "unknown variable `$rr`", "did you mean `$r`? variables: r, n"),
    ] as [(String, String, String?)]
  )
  func missing(text: String, message: String, remedy: String?) throws {
    let host = TestHost()
    host.evaluator.variables["r"] = Self.record
    host.evaluator.variables["n"] = 5
    let diagnostic = try #require(host.diagnostic(of: text))
    #expect(diagnostic.message == message)
    #expect(diagnostic.remedy == remedy)
  }

  @Test("a record keeps the order of its fields")
  func recordOrder() {
    var record: Record = ["b": 1, "a": 2]
    record["b"] = 3
    record["c"] = 4
    #expect(record.names == ["b", "a", "c"])
    record["a"] = nil
    #expect(record.names == ["b", "c"])
    #expect(record["b"] == 3)
  }
}
