import Testing

@testable import CommandLanguage

@Suite("Completion")
struct CompletionTests {
  struct Names: CompletionHost {
    func names(of thing: String) -> [(name: String, summary: String)] {
      thing == "model" ? [("rse", "96 maps"), ("rse24", ""), ("small", "")] : []
    }

    func paths(beginningWith text: String, extensions: [String]?) -> [String] {
      let all = ["log.csv", "my log.csv", "notes/", "notes/a.tsv", "x.png", "it's.csv"]
      return all.filter { path in
        guard path.hasPrefix(text) else { return false }
        guard !path.hasSuffix("/"), let extensions else { return path.hasSuffix("/") }
        return extensions.isEmpty || extensions.contains { path.hasSuffix("." + $0) }
      }
    }
  }

  private static let registry = {
    var registry = CommandRegistry<TestHost>.testing
    registry.register(PickCommand.self)
    return registry
  }()

  private func completion(_ text: String) -> Completion {
    var variables = VariableTable()
    variables["r"] = .record([
      "accuracy": .labelled([64: 0.5, 128: .record(["mean": 1])]), "answer": "yes",
    ])
    variables["rate"] = 0.1
    variables["list"] = .list([1, 2])
    return Completer(registry: Self.registry, variables: variables, host: Names())
      .completion(of: text)
  }

  /// What the text becomes with each candidate.
  private func results(_ text: String) -> [String] {
    let completion = completion(text)
    let kept = String(decoding: Array(text.utf8)[..<completion.range.lower], as: UTF8.self)
    return completion.candidates.map { kept + $0.text }
  }

  @Test(
    "what is typed goes on in the ways that its place allows",
    arguments: [
      ("tr", ["train", "true"]), ("ec", ["echo"]), ("  tr", ["  train", "  true"]),
      ("echo 1; te", ["echo 1; test"]), ("echo 1\nte", ["echo 1\ntest"]),
      ("if true { te", ["if true { test"]), ("if true { echo } el", []),
      ("for a in 1,2 { fo", ["for a in 1,2 { for"]), ("time tr", ["time train", "time true"]),
      ("let a = tr", ["let a = train", "let a = true"]), ("let a = fo", []),
      ("let a", []), ("let", ["let"]), ("para", ["param"]),
      ("echo (medi", ["echo (median("]),
      ("train norm=(1 + percen", ["train norm=(1 + percentile("]),
      ("sum($quux for quux in 1..3 if $qu", ["sum($quux for quux in 1..3 if $quux"]),
      ("for quux, place in 1..3 {\n echo $pl", ["for quux, place in 1..3 {\n echo $place"]),
      ("train no", ["train norm="]),
      ("train norm=", ["train norm=positions", "train norm=features"]),
      ("train norm=f", ["train norm=features"]), ("train 5 norm=f", ["train 5 norm=features"]),
      ("train save=e", ["train save=every"]),
      ("train save=every 5 no", ["train save=every 5 norm="]),
      ("train progress=o", ["train progress=on", "train progress=off"]),
      ("train norm=x rat", ["train norm=x rate="]), ("train rate=1 rat", []),
      ("train nowhere=", []), ("nonsense ", []), ("train log=l", ["train log=log.csv"]),
      ("train log=n", ["train log=notes/", "train log=notes/a.tsv"]),
      ("train log=notes/", ["train log=notes/", "train log=notes/a.tsv"]),
      ("train log=\"my", ["train log=\"my log.csv\""]),
      ("train log='m", ["train log='my log.csv'"]),
      ("train log=m", ["train log=\"my log.csv\""]),
      ("train into=r", ["train into=r", "train into=rate"]),
      ("pick of=", ["pick of=rse", "pick of=rse24", "pick of=small"]),
      ("pick of=rse,", ["pick of=rse,rse24", "pick of=rse,small"]),
      ("pick of=rse,s", ["pick of=rse,small"]), ("pick ", ["pick loss", "pick roll"]),
      ("pick l", ["pick loss"]), ("pick o", ["pick of="]), ("pick loss ", ["pick loss of="]),
      ("echo $ra", ["echo $rate"]), ("echo $r", ["echo $r", "echo $rate"]),
      ("echo a$ra", ["echo a$rate"]), ("echo ${ra", ["echo ${rate}"]),
      ("echo \"x $ra", ["echo \"x $rate"]), ("echo 'x $ra", []),
      ("say hello $ra", ["say hello $rate"]),
      ("$r.a", ["$r.accuracy", "$r.answer"]),
      ("$r.accuracy[", ["$r.accuracy[64]", "$r.accuracy[128]"]),
      ("$r.accuracy[1", ["$r.accuracy[128]"]), ("$r.accuracy[128].", ["$r.accuracy[128].mean"]),
      ("$list[", ["$list[0]", "$list[1]"]), ("$r.answer.", []), ("$none.", []),
      ("let a = 2 * sq", ["let a = 2 * sqrt("]), ("assert lo", ["assert log2(", "assert log("]),
      ("if no", ["if not"]), ("param a = t", ["param a = table(", "param a = true"]),
      ("for a in $li", ["for a in $list"]),
      ("echo (1 + ma", ["echo (1 + max("]), ("# tr", []), ("echo 1 # te", []), ("say tr", []),
      ("", nil),
    ] as [(String, [String]?)]
  )
  func places(text: String, expected: [String]?) {
    if let expected {
      #expect(results(text) == expected, "\(text)")
    } else {
      #expect(results(text).contains("train"))
    }
  }

  @Test("a range with its step counts as one argument")
  func ranges() {
    #expect(results("test 1..9 by *2 le") == ["test 1..9 by *2 lengths="])
    #expect(results("pick 1..9 by 2 ") == ["pick 1..9 by 2 of="])
  }

  @Test("candidates say what they are and whether a blank goes behind them")
  func summaries() {
    let completion = completion("tr")
    #expect(completion.candidates[0].summary == "train the model")
    #expect(completion.candidates[0].isWhole)
    #expect(completion.range == SourceRange(0, 2))
    #expect(!self.completion("train no").candidates[0].isWhole)
    #expect(!self.completion("train log=n").candidates[0].isWhole)
    #expect(self.completion("train log=notes/a").candidates[0].label == "a.tsv")
    #expect(!self.completion("echo $r").candidates[0].isWhole)
    #expect(self.completion("echo $ra").candidates[0].summary == "0.1")
  }

  @Test("completing at every place of random and mutated scripts neither crashes nor hangs")
  func random() {
    var scripts = RandomScripts(seed: 17)
    for _ in 0..<300 {
      let text = Array(ScriptPrinter.print(scripts.script()).utf8)
      for end in 0...min(text.count, 120) {
        let part = String(decoding: text[..<end], as: UTF8.self)
        let completion = completion(part)
        #expect(completion.range.upper == part.utf8.count)
        #expect(completion.range.lower <= completion.range.upper)
      }
    }
  }
}

struct PickCommand: Command {
  static let declaration = CommandDeclaration(
    name: "pick",
    summary: "pick models",
    signature: Signature(
      positionals: [
        CommandArgument.required("figure", .choice(among: ["loss", "roll"]), "what is drawn")
      ],
      options: [CommandArgument("of", .list(of: .name(of: "model")), "the models")]
    ),
    category: "Talking"
  )

  init(_ arguments: BoundArguments) {}

  func run(in host: TestHost) -> Value { .nothing }
}
