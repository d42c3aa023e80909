import Testing

@testable import CommandLanguage

@Suite("Help")
struct HelpTests {
  private let help = CommandRegistry.testing.help(with: [])

  @Test("a page has synopsis, arguments, options, discussion and examples")
  func page() {
    let expected = """
      train – train the model

        train [steps] [rate=N] [bin=N] [progress=on|off] [norm=positions|features]
              [log=FILE] [every=N] [as=NAME] [title=TEXT] [lengths=N,…|N..N]
              [factors=N,…] [into=NAME] [save=every N]

      Arguments:
        steps  how many updates (≥ 1; default 100)

      Options:
        rate=N                   learning rate (> 0 and ≤ 1; default 1e-3)
        bin=N                    length of the examples (a power of two ≥ 4)
        progress=on|off          show a bar (default on)
        norm=positions|features  what the norm runs over
        log=FILE                 where to log
        every=N                  time between lines (in seconds; ≥ 0)
        as=NAME                  name of the model
        title=TEXT               heading
        lengths=N,…|N..N         lengths of the examples (whole numbers ≥ 1 as a list
                                 or a range)
        factors=N,…              some factors
        into=NAME                a variable
        save=every N             how often to save (in steps; ≥ 1)

      Draws batches and updates the weights.

      Ctrl-C stops after a step.

      Examples:
        # five steps
        train 5
        # faster | bolder
        train rate=1e-2
      """
    #expect(help.page(named: "train", width: 80) == expected)
  }

  @Test("pages keep to the width", arguments: [40, 60, 80, 200])
  func width(width: Int) {
    for topic in help.topics where topic != HelpIndex.languageTopic {
      let page = help.page(named: topic, width: width) ?? ""
      let isCode = page.split(separator: "\n").drop { $0 != "Examples:" }
      let lines = page.split(separator: "\n").dropLast(isCode.count)
      for line in lines { #expect(DisplayWidth.columns(of: line) <= max(width, 52), "\(line)") }
    }
  }

  @Test("every topic has a page, aliases and else too, other words have none")
  func topics() {
    for topic in help.topics + ["?", "else"] {
      #expect(help.page(named: topic, width: 80)?.isEmpty == false, "\(topic)")
    }
    #expect(help.page(named: "trian", width: 80) == nil)
    #expect(help.suggestion(for: "trian") == "train")
    #expect(help.suggestion(for: "langage") == "language")
  }

  @Test("the overview lists everything by category")
  func overview() {
    let expected = """
      Talking:
        echo   say values again
        say    say a text as it is
        again  run a text

      Training:
        train  train the model
        test   measure the accuracy

      Language:
        let     keep a value or the result of a command
        param   declare a value that can be given from outside the script
        for     repeat statements for each of some values
        if      run statements when a condition holds
        assert  stop with an error unless a condition holds
        time    tell how long a statement takes
        def     define a statement of your own
      """
    #expect(help.overview(width: 80) == expected)
  }

  @Test(
    "search finds the pages that hold all words, best first",
    arguments: [
      (["train"], ["train"]), (["say"], ["say", "echo"]), (["TEXT", "run"], ["again"]),
      (["zebra"], []),
      ([], []), (["accuracy"], ["test"]), (["ctrl-c"], ["train"]),
    ] as [([String], [String])]
  )
  func search(words: [String], names: [String]) {
    let lines = help.search(words, width: 80).split(separator: "\n")
    let found = lines.filter { !$0.hasPrefix("    ") }.map { String($0.split(separator: " ")[0]) }
    #expect(Array(found.prefix(names.count)) == names)
    #expect(!names.isEmpty || found.isEmpty)
  }

  @Test("the Markdown has a heading per page and tables whose cells stay whole")
  func markdown() {
    let text = help.markdown()
    #expect(text.contains("### train\n\nTrain the model.\n\n```\ntrain [steps]"))
    #expect(text.contains("| `progress=on\\|off` | show a bar (default on) |"))
    #expect(text.contains("## Training\n\n### train"))
    #expect(text.contains("```\n# five steps\ntrain 5\n```"))
    #expect(text.contains("Also called `?`."))
    #expect(text.contains("\nlet = `let` name `=` ( command | sequence )\n"))
    #expect(text.hasSuffix("\n"))
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      #expect(line.replacing("\\|", with: "").filter { $0 == "|" }.count == 3, "\(line)")
    }
  }

  @Test("examples of keywords run", arguments: KeywordPage.all)
  func keywordExamples(page: KeywordPage) throws {
    #expect(!page.examples.isEmpty)
    for example in page.examples { try TestHost().run(example.code) }
  }

  @Test("examples of commands run")
  func commandExamples() throws {
    for declaration in CommandRegistry.testing.declarations {
      for example in declaration.examples { try TestHost().run(example.code) }
    }
  }

  @Test("every keyword has a page")
  func keywords() {
    let names = Set(KeywordPage.all.map(\.name) + [Keyword.else.rawValue])
    #expect(names == Set(Keyword.allCases.map(\.rawValue)))
  }

  @Test("every error has words, and a remedy does not repeat them", arguments: HelpTests.errors)
  func wording(error: LanguageError) {
    #expect(!error.message.isEmpty)
    #expect(!error.message.hasSuffix("."))
    #expect(error.remedy != error.message)
    #expect(error.remedy?.isEmpty != true)
  }

  private static let errors: [LanguageError] = [
    .unexpected(found: "x", expected: nil), .unterminatedText, .danglingBackslash, .strayBrace,
    .nestingTooDeep(limit: 64), .tooManyOperators(limit: 5), .scriptTooLong(limit: 5),
    .tooManyErrors(limit: 5), .unclosed("["), .unclosed("{"),
    .foreignOption(name: "a", subjects: ["b"], topic: "c", calls: [], replacement: nil),
    .optionOfOtherCalls(name: "a", call: "b c", calls: ["b d"]),
    .unknownOption(name: "a", command: "b", options: []), .unknownOverride(name: "a", known: []),
    .tooManyArguments(command: "a", limit: 0, synopsis: "a"),
    .tooManyArguments(command: "a", limit: 2, synopsis: "a"),
    .unknownVariable(name: "a", known: []),
    .indexOutOfRange(owner: "$a", index: 0, count: 0), .notALoopValue(kind: "a record"),
    .unknownFunction("zebra"), .malformedOverride("a"), .scriptsTooDeep(limit: 16), .valueTooLarge,
  ]
}
