import Testing

@testable import CommandLanguage

@Suite("Help at a place")
struct HelpPlaceTests {
  private static let sort = TopicPage(
    sort: "task",
    name: "badd",
    summary: "binary addition",
    discussion: ""
  )

  private let help = CommandRegistry.testing.help(with: [sort])

  /// The first words of the pages at the places of a text that `|` marks.
  @Test(
    "a word has its page at each of its letters",
    arguments: [
      ("|train 5", "train – train the model"),
      ("tra|in 5", "train – train the model"),
      ("echo 1\n  train| 5", "train – train the model"),
      ("let a = t|est badd lengths=1", "test – measure the accuracy"),
      ("time |train", "train – train the model"),
      ("if true { tr|ain } else { }", "train – train the model"),
      ("train |", "train – train the model"),
      ("train 5 |", "train – train the model"),
      ("train |5", "train steps – how many updates"),
      ("train r|ate=1e-3", "train rate=N – learning rate"),
      ("train 5 rate|=1e-3 bin=8", "train rate=N – learning rate"),
      ("train rate=1|e-3", "train rate=N – learning rate"),
      ("train rate=1e-3 |bin=8", "train bin=N – length of the examples"),
      ("train factors=1,|2,3", "train factors=N,… – some factors"),
      ("train save=every |5", "train save=every N – how often to save"),
      ("train norm=feat|ures", "train norm=positions|features – what the norm runs over"),
      ("train colour=|red", "train – train the model"),
      ("test ba|dd lengths=8", "task badd – binary addition"),
      ("test task=ba|dd lengths=8", "task badd – binary addition"),
      ("say he|llo", "say – say a text as it is"),
      ("|? hello", "say – say a text as it is"),
      ("l|et a = 1", "let – keep a value"),
      ("if true { } el|se { }", "if – run statements"),
      ("let a = s|qrt(4)", "sqrt(a) – the square root"),
      ("sq|rt(4)", "sqrt(a) – the square root"),
      ("let a = (1 + ma|x(2, 3))", "max(a, b, …) – the largest"),
    ]
  )
  func found(text: String, beginning: String) throws {
    // `|` is also a sign of a synopsis, but of none of the texts.
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    let page = help.entry(at: parts[0].utf8.count, in: parts.joined())?.text(width: 500)
    #expect(page?.hasPrefix(beginning) == true, "\(page ?? "nothing")")
  }

  @Test(
    "there is none where there is nothing to tell",
    arguments: [
      "|", "   |", "# trai|n", "train 5 # rat|e", "let a| = 1", "trai|m 5", "$tra|in",
      "let a = 1| + 2",
    ]
  )
  func nothing(text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    #expect(help.entry(at: parts[0].utf8.count, in: parts.joined()) == nil)
  }

  @Test("any place of any text is answered")
  func anyPlace() {
    let text = "train ${ \"ä\u{301}🎹\n} ( 'x $y[ ? help } let = \\"
    for offset in -1...text.utf8.count + 1 { _ = help.entry(at: offset, in: text) }
  }

  @Test("an argument has a page in Markdown")
  func markdown() {
    let entry = help.entry(at: 6, in: "train rate=1")
    #expect(
      entry?.markdown(level: 3)
        == "### `train rate=N`\n\nLearning rate (> 0 and ≤ 1; default 1e-3)."
    )
  }

  @Test("every entry has the page in Markdown that the reference shows")
  func reference() throws {
    let reference = help.markdown(level: 2)
    for name in ["train", "say", "let", "if", "language", "badd"] {
      let entry = try #require(help.entry(named: name))
      let level = name == "language" ? 2 : 3
      #expect(reference.contains(entry.markdown(level: level)), "\(name)")
    }
  }
}

@Suite("Names at a place")
struct NamePlaceTests {
  @Test(
    "a name is found from each of its letters, its sign and its end",
    arguments: [
      ("let a|b = 1", "ab", false), ("$|ab", "ab", true), ("|$ab", "ab", true),
      ("x ${|ab.c}", "ab", true), ("x |${ab.c}", "ab", true), ("$ab|", "ab", true),
      ("$a.b|c", "bc", false), ("as=gr|öße2,x", "größe2", false),
    ]
  )
  func found(text: String, name: String, isReference: Bool) throws {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    let place = try #require(NamePlace(at: parts[0].utf8.count, in: parts.joined()))
    #expect(place.name == name && place.isReference == isReference)
  }

  @Test("there is none elsewhere", arguments: ["", "|", "1 |+ 2", "a  | b", "$|", "${|", "12|3"])
  func none(text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    #expect(NamePlace(at: parts[0].utf8.count, in: parts.joined()) == nil)
  }

  @Test("a script that is checked among others knows their names")
  func definedNames() throws {
    let evaluator = TestHost().evaluator
    let (first, second) = (parse("let a = 1").script, parse("echo $a").script)
    #expect(evaluator.check(second).map(\.message) == ["unknown variable `$a`"])
    var names = evaluator.definedNames(in: first)
    names.formUnion(evaluator.definedNames(in: second))
    #expect(names == DefinedNames(names: ["a"]))
    #expect(evaluator.check(second, among: names).isEmpty)
    #expect(evaluator.definedNames(in: parse("again x").script).isOpen)
  }

  @Test(
    "a place belongs to a call and an argument of it",
    arguments: [
      ("train |", "train", "steps"), ("train 5 |", "train", nil), ("train rate=|", "train", "rate"),
      ("let r = test badd |", "test", nil), ("test |", "test", "task"), ("say he|", "say", "text"),
    ]
  )
  func call(text: String, command: String, argument: String?) throws {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    let help = CommandRegistry.testing.help(with: [])
    let call = try #require(help.call(at: parts[0].utf8.count, in: parts.joined()))
    #expect(call.command.name == command && call.argument == argument)
    #expect(call.command.synopsisParts.count == call.command.argumentNames.count + 1)
  }
}
