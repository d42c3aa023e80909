import Autograd
import Foundation
import Tensors

/// The Neural Shuffle-Exchange network: gated switch units, wired as in the residual network, and skips from
/// each block to the next.
///
/// The embedding is tanh(30 · row). The skip input of layer i of a block is the input of layer i of the block
/// before; that of the last layer the input of the last block. "Neural Shuffle-Exchange Networks — Sequence
/// Processing in O(n log n) Time" (NeurIPS 2019).
struct NeuralShuffleExchange: SequenceModel {
  private let spec: ModelSpec
  private let embedding: Parameter
  private let blocks: [GatedBlock]
  private let last: GatedSwitchUnit
  private let output: Linear

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    embedding = values.table(spec.inputSymbols, spec.maps, within: 0.01)
    var blocks: [GatedBlock] = []
    for block in 0..<spec.blocks {
      blocks.append(GatedBlock(maps: spec.maps, hasSkip: block > 0, using: &values))
    }
    self.blocks = blocks
    last = GatedSwitchUnit(maps: spec.maps, hasSkip: spec.blocks > 1, using: &values)
    output = Linear(
      weight: values.matrix(spec.maps, spec.outputSymbols),
      bias: values.constant(0, spec.outputSymbols)
    )
  }

  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let half = layout.levels - 1
    // The inputs of the layers of the block before.
    var skips: [Variable?] = Array(repeating: nil, count: 2 * half + 1)
    var layers: [(Variable, Tape) throws -> Variable] = []
    func add(_ unit: GatedSwitchUnit, slot: Int, level: Int, _ shuffle: Shuffle) {
      let number = layers.count
      let active = level == 0 ? layout : layout.longer(thanLevel: level)
      layers.append { x, tape in
        let input = tape.leadingRows(x, active.rows)
        // The last layer has no block behind it, and at length 2 none before it.
        let skip = level == 0 ? skips.first ?? nil : skips[slot]
        if level > 0 { skips[slot] = input }
        var y = unit(input, skip: skip, on: tape)
        if let dropout = dropout?.layer(number) {
          y = tape.dropout(y, layout: active, dropout)
        }
        y = tape.shuffle(y, layout: active, shuffle)
        return tape.replaceLeadingRows(of: x, by: y)
      }
    }
    for block in blocks {
      for level in 0..<half { add(block.forward, slot: level, level: level + 1, .left) }
      for level in 0..<half { add(block.reverse, slot: half + level, level: level + 1, .right) }
    }
    add(last, slot: 2 * half, level: 0, .none)
    let rows = tape.tanh(tape.use(embedding), factor: 30)
    let x = try LayerStack(layers: layers)(
      tape.lookup(input.symbols, in: rows),
      isDivisible: false,
      on: tape
    )
    return output(x, on: tape)
  }

  var members: [(name: String, member: Member)] {
    [
      ("embedding", .parameter(embedding)), ("blocks", .module(ModuleList(modules: blocks))),
      ("last", .module(last)), ("output", .module(output)),
    ]
  }

  func depth(levels: Int) -> (layers: Int, kind: String) {
    (2 * (levels - 1) * spec.blocks + 1, "switch layers")
  }

  func layerRows(levels: Int) -> [LayerRow] {
    let pair = [2 * spec.maps, 2 * spec.maps]
    let units = blocks.indices.flatMap { block in
      [("forward", "left"), ("reverse", "right")].map { half, shuffle in
        row("blocks.\(block).\(half)", levels - 1, pair, shuffle: shuffle)
      }
    }
    return [row("embedding", 1, [spec.inputSymbols, spec.maps])] + units
      + [row("last", 1, pair), row("output", 1, [spec.maps, spec.outputSymbols])]
  }

  /// 32 m² per pair and switch layer, 2 m V per position.
  func operations(_ layout: SequenceLayout) -> Double {
    let m = Double(spec.maps)
    return layout.segments.reduce(0) { sum, segment in
      let layers = Double(depth(levels: segment.levels).layers)
      return sum + Double(segment.rows)
        * (16 * m * m * layers + 2 * m * Double(spec.outputSymbols))
    }
  }

  var hasLowMemory: Bool { false }

  /// A layer keeps its input, the sum with the skip, both resets and what they leave, the gate, the
  /// candidate and the exchanged input: nine m-vectors per position, and some beside them.
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    let m = Double(spec.maps)
    let layers = layout.segments.reduce(0.0) { sum, segment in
      sum + Double(segment.rows) * Double(depth(levels: segment.levels).layers)
    }
    let atOnce = Double(layout.rows) * (12 * m + 3 * Double(spec.outputSymbols))
    return floatBytes * (9.5 * m * layers + atOnce)
  }

  /// A pass holds the inputs of a block for the next one.
  func passBytes(length: Double, examples: Double) -> Double {
    let m = Double(spec.maps)
    let held = spec.blocks > 1 ? 2 * (log2(length) - 1) : 0
    let positions = length * examples
    return floatBytes * positions * (m * (held + 10) + 2 * Double(spec.outputSymbols) + 4)
  }
}
