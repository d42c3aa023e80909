import CommandLanguage
import Networks
import Plotting
import Routing
import Tasks
import Tensors
import Testing

@testable import Training
@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite(.serialized) struct TraceCommandTests {
  private static let small = "data rev lengths=8,16; model rse maps=4"

  @Test(
    "the table fits 80 columns up to 16 positions and with more of them",
    arguments: ["1 2 3", "1 2 3 4 5 6 7 8 9 10 11 1 2", "1 2 3 4 5 6 7 8 9 10 11 1 2 3 4 5 6"]
  )
  func width(question: String) throws {
    let test = try TestSession()
    let lines = test.stableLines(Self.small + "; trace \(question)")
    let table = lines.dropFirst(2)
    #expect(table.count > 12 && table.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(table.contains { $0.hasPrefix("change of ") })
    let quiet = test.stableLines("trace \(question) quiet=true")
    #expect(quiet.count < 12 && quiet.allSatisfy { lines.contains($0) })
  }

  @Test("what is traced comes back in fields")
  func record() throws {
    let test = try TestSession()
    let outcome = test.submit(
      """
      \(Self.small)
      let t = trace 1 2 3 quiet=true
      assert $t.length == 8 and $t.layers == 9 and $t.right == "3 2 1"
      assert $t.reach[1] == 2 and $t.reach[2] == 4 and $t.reach[9] == 8
      assert $t.statistics[1] > 0 and $t.statistics[1] < 1 and $t.change[9] > 0
      """
    )
    #expect(outcome.failure == nil, "\(test.diagnostics)")
    #expect(test.submit("model rse maps=4 norm=features; trace 1 2").failure == nil)
    #expect(test.submit("let t = trace 1 2; $t.statistics").failure != nil)
  }

  @Test("other networks say what is not known of them", arguments: ["lstm", "transformer", "conv"])
  func otherNetworks(network: String) throws {
    let test = try TestSession()
    let lines = test.stableLines(
      "data rev lengths=8; model \(network) maps=4; trace 1 2 3; plot trace a.png"
    )
    #expect(lines.contains { $0.hasPrefix("`\(network)` has no switches") })
    #expect(test.files == ["a.png"])
    for figure in ["network", "unit", "residual"] {
      #expect(test.submit("plot \(figure) b.png").failure != nil)
    }
  }

  @Test(
    "what cannot be traced or drawn is refused with a remedy",
    arguments: [
      ("trace 1 x", "not a whole number"), ("trace", "question"), ("plot trace", "not traced yet"),
      ("plot activations", "not traced yet"),
      ("trace 1 2; train 1; plot trace", "trained since its last trace"),
      ("trace 1 2; plot trace influence=8", "there is no position 8"),
      ("plot network length=128", "4 to 64"), ("plot loss influence=2", "plot trace"),
      ("trace \(Array(repeating: "1", count: 5000).joined(separator: " "))", "too long to trace"),
    ]
  )
  func refused(statement: String, message: String) throws {
    let test = try TestSession()
    test.submit("data rev lengths=8 batch=2; model rse maps=4")
    let failure = try #require(test.submit(statement).failure)
    let texts = [failure] + test.diagnostics.map { "\($0)" }
    #expect(texts.contains { $0.contains(message) }, "\(texts)")
  }

  @Test("figures of networks are drawn in both themes, their texts inside and apart")
  func figures() throws {
    let test = try TestSession()
    test.submit(Self.small + "; trace 3 1 4 1 5 9 2 6 5 quiet=true")
    for figure in [
      "network length=4", "network length=64", "unit", "trace influence=3", "activations",
      "residual",
    ] {
      for theme in ["light", "dark"] {
        let outcome = test.submit("plot \(figure) file=a.png theme=\(theme)")
        #expect(outcome.failure == nil, "\(figure): \(test.diagnostics)")
      }
    }
    for spec in [(4, 1), (16, 2), (192, 8)].map({ maps, blocks in
      ModelSpec(maps: maps, blocks: blocks, inputSymbols: 12, outputSymbols: 12)
    }) {
      for length in [4, 8, 16, 64] {
        let network = NetworkFigure(
          spec: spec,
          columns: spec.outline.switchColumns(levels: length.trailingZeroBitCount),
          name: "rse",
          length: length,
          title: nil
        ).figure
        expectLegible(network.drawList(), "length \(length)")
      }
      expectLegible(UnitFigure(spec: spec, name: "rse", title: nil).figure.drawList(), "unit")
    }
  }

  private func expectLegible(_ drawing: DrawList, _ what: String) {
    let boxes = drawing.texts.map(\.bounds)
    let page = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    #expect(boxes.allSatisfy(page.contains), "\(what)")
    for (index, box) in boxes.enumerated() {
      let smaller = box.inset(by: 1)
      let other = boxes[..<index].firstIndex { $0.inset(by: 1).overlaps(smaller) }
      let texts = [index, other ?? index].map { drawing.texts[$0].text }
      #expect(other == nil, "\(what): \(texts)")
    }
  }

  @Test("wires are drawn to where the released network brings positions")
  func wires() {
    let model = ModelSpec(maps: 4, blocks: 2, inputSymbols: 3, outputSymbols: 3).outline
    let sketch = WiringSketch(
      length: 8,
      columns: model.switchColumns(levels: 3),
      origin: Point(0, 0)
    )
    let left = [0, 4, 1, 5, 2, 6, 3, 7]
    let right = [0, 2, 4, 6, 1, 3, 5, 7]
    let targets = sketch.columns.indices.map { column in
      (0..<8).map { sketch.target(of: $0, behind: column) }
    }
    #expect(
      targets == [left, left, right, right, left, left, right, right, Array(0..<8)]
    )
  }

  @Test("a network that routes as the looping algorithm is found to do so at every switch")
  func perfectRouting() throws {
    let permutation = try #require(SwitchUse.permutation(of: Reversal(), count: 11, length: 16))
    #expect(permutation.targets == Array((0..<11).reversed()) + Array(11..<16))
    let settings = Looping(permutation) {}.settings
    let model = ModelSpec(maps: 2, blocks: 1, inputSymbols: 3, outputSymbols: 3).outline
    // Each element on its way over the wires of the released network: out[j] = in[rol(j)] behind
    // the first three columns, the way back behind the next three.
    var elements = Array(0..<16)
    var wired: [Tensor] = []
    func note() {
      var values = [Float](repeating: 0, count: 256)
      for (place, element) in elements.enumerated() { values[element * 16 + place] = 1 }
      wired.append(Tensor(values, [16, 16]))
    }
    note()
    for column in 0..<7 {
      for number in 0..<8 where settings.crosses[column][number] {
        elements.swapAt(2 * number, 2 * number + 1)
      }
      note()
      if column < 3 {
        elements = (0..<16).map { elements[2 * $0 % 16 + $0 / 8] }
      } else if column < 6 {
        elements = (0..<16).map { elements[$0 / 2 + $0 % 2 * 8] }
      }
    }
    #expect(elements == permutation.applied(to: Array(0..<16)))
    func use(_ wired: [Tensor]) throws -> SwitchUse {
      var trace = NetworkTrace(
        input: [Int32](repeating: 1, count: 16),
        output: [],
        columns: model.switchColumns(levels: 4),
        flow: Array(repeating: Tensor(zeros: [16, 2]), count: 8)
      )
      trace.influence = InputInfluence(
        length: 16,
        replacements: [],
        wired: wired,
        shared: [],
        answers: Tensor(zeros: [16, 16])
      )
      return try #require(SwitchUse(trace, permutation))
    }
    let perfect = try use(wired)
    #expect(perfect.crossed.count == 1 && perfect.crossed[0].all + perfect.straight[0].all == 56)
    #expect(perfect.crossed[0].share == 1 && perfect.straight[0].share == 1)
    let idle = try use(Array(repeating: wired[0], count: 8))
    #expect(idle.crossed[0].share < 0.5)
  }

  @Test("only tasks that move symbols alike whatever they are have a route")
  func routes() {
    #expect(SwitchUse.permutation(of: Sorting(), count: 4, length: 4) == nil)
    #expect(
      SwitchUse.permutation(of: BitReversal(), count: 8, length: 8) == .bitReversal(levels: 3)
    )
    #expect(SwitchUse.permutation(of: Identity(), count: 3, length: 4) == .identity(4))
    #expect(SwitchUse.permutation(of: Reversal(), count: 1, length: 4) == .identity(4))
  }
}
