import Autograd
import CommandLanguage
import Networks
import Plotting
import Tasks
import TestSupport
import Tensors
import Testing
import Training

@testable import Sessions

/// The recipes of ARCHITECTURE.md, followed with a toy each.
@Suite("Recipes")
struct RecipeTests {
  // MARK: A task

  @Test("a task is learned, tested and asked")
  func task() throws {
    let recipe = try RecipeSession()
    recipe.session.data = try SymbolData(task: NeighbourSwap(), bins: [4], batchSize: 32)
    try recipe.run("model rse maps=24 norm=features blocks=1 keep=1 rate=0.01; train 200")
    let record = try recipe.run("let r = test lengths=4 count=100; $r.accuracy[4]")
    #expect(try #require(record.last.flatMap { Double($0) }) > 0.9)
    #expect(try recipe.run("try 3 1 2 5").last == "right    1 3 5 2")
    #expect(try recipe.run("try swap 7 8 9").last == "right    8 7 9")
    #expect(try recipe.run("show batch count=1").count == 3)
  }

  @Test("a task's questions are its inputs, its help page comes from its declaration")
  func taskDeclaration() throws {
    let task = NeighbourSwap()
    #expect(try task.input(asking: "4 2 9") == [4, 2, 9])
    #expect(task.answer([2, 4, 9, 0]) == "2 4 9")
    #expect(task.page.topic == "task swap" && task.page.discussion.contains("try 3 1 2"))
    #expect(throws: QuestionError.self) { try task.input(asking: "4 x") }
  }

  // MARK: A task family

  @Test("a task family is chosen, learned by its own head, validated, tested and asked")
  func family() throws {
    let recipe = try RecipeSession()
    try recipe.run("data share lengths=8 ones=0.5; model rse maps=12 rate=0.005")
    let before = try recipe.run("let r = test count=50; $r.near").last.flatMap { Double($0) }
    let lines = try recipe.run("train 300 validate=every 150 keep-best=on")
    #expect(lines.count { $0.contains("validation loss") && $0.contains("within 0.1") } == 2)
    let after = try recipe.run("let r = test count=50; $r.near").last.flatMap { Double($0) }
    #expect(try #require(after) > 0.5 && #require(after) > #require(before))
    #expect(try recipe.run("try 1 0 0 1").last == "right    1.00 0.50 0.33 0.50")
    #expect(try recipe.run("show batch count=2").count == 3)
    #expect(recipe.failure(of: "try 1 0 2 1")?.contains("no list") == true)
  }

  @Test("a task family refuses foreign options and options of tests that it does not have")
  func familyOptions() throws {
    let recipe = try RecipeSession()
    #expect(recipe.failure(of: "data share gain=3") != nil)
    #expect(recipe.failure(of: "data share ones=2") != nil)
    #expect(recipe.failure(of: "data share lengths=8,8")?.contains("once") == true)
    try recipe.run("data share; model rse maps=4")
    #expect(recipe.failure(of: "test lengths=8")?.contains("tasks of symbols") == true)
  }

  @Test("a task family goes on after loading as if it had never stopped")
  func familyCheckpoint() throws {
    let recipe = try RecipeSession()
    try recipe.run("data share ones=0.25 batch=8; model rse maps=8; train 5; save s.safetensors")
    let never = try recipe.run("train 5")
    try recipe.run("data share; model rse maps=4; load s.safetensors")
    let data: RunningShareData = try #require(recipe.session.data).typed()
    #expect(data.ones == 0.25 && data.batchSize == 8 && data.bins == [8])
    #expect(try recipe.run("train 5") == never)
    #expect(never.first?.contains("weights") == true)
  }

  @Test("a model goes on with data of its own head only, however alike the alphabets are")
  func familyHead() throws {
    let recipe = try RecipeSession()
    recipe.session.data = try SymbolData(task: Silence(symbols: 3), bins: [8], batchSize: 4)
    try recipe.run("model rse maps=4; test count=4 lengths=8")
    // Untrained it becomes a model of the new head.
    try recipe.run("data share batch=4; train 1")
    recipe.session.data = try SymbolData(task: Silence(symbols: 3), bins: [8], batchSize: 4)
    #expect(recipe.failure(of: "train 1")?.contains("is trained on `share`") == true)
  }

  // MARK: An op

  private static let squaredError = OperationCase(
    name: "squaredError of 5 × 3",
    operands: [[5, 3]],
    run: { $0.squaredError($1[0], errorTargets, weight: 1 / 15) },
    reference: { p in
      let squares = zip(p[0], errorTargets).map { ($0 - Double($1)) * ($0 - Double($1)) }
      return [squares.reduce(0, +) / 15]
    }
  )

  @Test("an op agrees with its formula, and its backward pass with finite differences")
  func operation() throws {
    Self.squaredError.checkResult()
    try Self.squaredError.checkBackwardPass()
  }

  // MARK: A network

  /// Adds a model of the toy network under its name.
  private func addMixing(to session: Session) {
    let form = ModelSpec(.mixing, maps: 16, inputSymbols: 0, outputSymbols: 0)
    let settings = TrainingSettings(
      releasedWith: .mixing,
      seed: session.seed,
      schedule: RateSchedule(rate: 0.005)
    )
    session.add(ModelSlot(name: "mixing", request: .init(form: form, settings: settings)))
  }

  @Test("a network learns, tells its layers and estimates its memory")
  func network() throws {
    let recipe = try RecipeSession()
    addMixing(to: recipe.session)
    recipe.session.data = try SymbolData(task: NeighbourSwap(), bins: [4], batchSize: 32)
    try recipe.run("train 150; train 10 memory=low")
    let accuracy = try recipe.run("let r = test lengths=4 count=100; $r.accuracy[4]").last
    #expect(try #require(accuracy.flatMap { Double($0) }) > 0.5)
    let shown = try recipe.run("show model").joined(separator: "\n")
    #expect(shown.contains("2 mixing layers") && shown.contains("layers.1"))
    let spec = try #require(recipe.session.currentModel?.spec)
    // Two layers of 48 · 16 weights and 16 biases, a table and an output layer for twelve symbols.
    #expect(spec.parameterCount == 2 * (48 * 16 + 16) + 12 * 16 + (16 * 12 + 12))
  }

  @Test("a network reads every kind of input", arguments: InputKind.allCases)
  func networkInput(kind: InputKind) throws {
    // The keys of a piano read rows of 436 values, and tell four each and two more.
    let (values, outputs) = kind == .harmonics ? (436, 354) : (5, 7)
    var spec = ModelSpec(.mixing, maps: 8, inputSymbols: values, outputSymbols: outputs)
    spec.input = kind
    let layout = SequenceLayout(length: 16, batch: 2)
    let input: SequenceInput =
      switch kind {
      case .symbols: .symbols([Int32](repeating: 1, count: 32))
      case .words:
        .words(
          WordInput(
            kinds: [Int32](repeating: WordInput.Kind.known, count: 32),
            vectors: [Float](repeating: 0.5, count: 160)
          )
        )
      case .audio: .audio([Float](repeating: 0.5, count: 32))
      case .spectrogram, .harmonics: .audio([Float](repeating: 0.5, count: 32 * values))
      }
    let tape = Tape(isRecording: false)
    let logits = try spec.makeModel(seed: 1).logits(
      of: input,
      layout: layout,
      dropout: nil,
      on: tape
    )
    #expect(logits.shape == [spec.positions(of: layout).rows, outputs])
    let isFinite = logits.value.elements.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test("a network goes on after loading as if it had never stopped")
  func networkCheckpoint() throws {
    let recipe = try RecipeSession()
    addMixing(to: recipe.session)
    try recipe.run("data share batch=8; train 5; save m.safetensors")
    let never = try recipe.run("train 5")
    try recipe.run("model rse maps=4; load m.safetensors")
    #expect(recipe.session.currentModel?.spec?.network == .mixing)
    #expect(try recipe.run("train 5") == never)
  }

  // MARK: A command

  @Test("a command is checked, run, and gives a value")
  func command() throws {
    let recipe = try RecipeSession()
    recipe.session.data = try SymbolData(task: NeighbourSwap(), bins: [4], batchSize: 10)
    let lines = try recipe.run("let counts = tally steps=5")
    #expect(lines.count == 12 && lines[0].hasPrefix("symbol 0  "))
    // Five steps of ten examples of four positions.
    let total = try recipe.run("let sum = 0; for c in $counts { let sum = $sum + $c }; $sum").last
    #expect(total == "200")
    #expect(recipe.failure(of: "tally steps=0") != nil)
    #expect(recipe.failure(of: "tally 3") != nil)
    recipe.session.data = RunningShareData(ones: 0.5, bins: [8], batchSize: 2)
    #expect(recipe.failure(of: "tally")?.contains("tasks of symbols") == true)
  }

  @Test("a command is completed")
  func commandCompletion() throws {
    let session = try RecipeSession().session
    #expect(session.completion(of: "tal").candidates.map(\.text) == ["tally"])
    #expect(session.completion(of: "tally st").candidates.map(\.text) == ["steps="])
  }

  // MARK: A figure

  @Test("a figure is drawn, the same each time")
  func figure() throws {
    let recipe = try RecipeSession()
    recipe.session.data = try SymbolData(task: NeighbourSwap(), bins: [4], batchSize: 10)
    let drawing = try recipe.run("plot tally steps=3").first
    #expect(try recipe.run("plot tally steps=3").first == drawing)
    #expect(try recipe.run("plot tally steps=2").first != drawing)
    #expect(drawing?.hasPrefix("drawing ") == true)
  }
}

/// A task whose answer is nothing: its alphabets are as large as those of `RunningShareData`.
private struct Silence: Rearrangement {
  let symbols: Int
  let name = "silence"
  let summary = "say nothing"
  var outputSymbols: Int { 1 }

  init(symbols: Int) { self.symbols = symbols }

  func target(of input: [Int32]) -> [Int32] { [Int32](repeating: 0, count: input.count) }
}

/// What the elements of 5 × 3 are compared with.
private let errorTargets = (0..<15).map { Float($0 % 4) * 0.25 }
