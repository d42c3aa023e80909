import Autograd
import Foundation
import Tensors
import Wiring

/// The Neural Shuffle-Exchange network: gated switch units, wired as in the residual network, and skips from
/// each block to the next.
///
/// The embedding is tanh(30 · row). The skip input of layer i of a block is the input of layer i of the block
/// before; that of the last layer the input of the last block. "Neural Shuffle-Exchange Networks — Sequence
/// Processing in O(n log n) Time" (NeurIPS 2019).
struct NeuralShuffleExchange: SequenceModel {
  private let spec: ModelSpec
  private let embedding: Parameter
  private let units: SwitchUnits<GatedSwitchUnit>
  private let output: Linear

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    self.spec = spec
    embedding = values.table(spec.inputSymbols, spec.maps, within: 0.01)
    units = SwitchUnits(BenesWiring(blocks: spec.blocks)) { block in
      let hasSkip = (block ?? spec.blocks - 1) > 0
      return GatedSwitchUnit(maps: spec.maps, hasSkip: hasSkip, using: &values)
    }
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
    let columns = units.wiring.columns(levels: layout.levels)
    // The inputs of the columns of the block before; at length 2 a block has none.
    let inBlock = units.wiring.columns(ofBlock: 0, levels: layout.levels).count
    var skips: [Variable?] = Array(repeating: nil, count: inBlock)
    let layers = columns.enumerated().map { number, column in
      let unit = units[column]
      let active = column.level == 0 ? layout : layout.longer(thanLevel: column.level)
      return { (x: Variable, tape: Tape) throws -> Variable in
        let input = tape.leadingRows(x, active.rows)
        let skip = inBlock == 0 ? nil : skips[number % inBlock]
        if inBlock > 0 { skips[number % inBlock] = input }
        var y = unit(input, skip: skip, on: tape)
        if let dropout = dropout?.layer(number) {
          y = tape.dropout(y, layout: active, dropout)
        }
        y = tape.shuffle(y, layout: active, column.shuffle)
        return tape.replaceLeadingRows(of: x, by: y)
      }
    }
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
      ("embedding", .parameter(embedding))
    ] + units.members + [("output", .module(output))]
  }

  var wiring: BenesWiring? { units.wiring }

  func depth(levels: Int) -> (layers: Int, kind: String) {
    (switchColumns(levels: levels).count, "switch layers")
  }

  func layerRows(levels: Int) -> [LayerRow] {
    [row("embedding", 1, [spec.inputSymbols, spec.maps])]
      + rows(of: units.wiring, levels: levels, widths: [2 * spec.maps, 2 * spec.maps])
      + [row("output", 1, [spec.maps, spec.outputSymbols])]
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
