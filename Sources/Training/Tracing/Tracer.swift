import Autograd
import Networks
import Tasks
import Tensors
import Wiring

/// An observer of a network's pass over an input, which changes nothing.
package struct Tracer {
  private let model: any SequenceModel
  private let progress: (_ done: Int, _ total: Int) throws -> Void
  private let columns: [SwitchColumn]
  private let input: [Int32]
  private let symbols: Int
  private var length: Int { input.count }

  /// The length of the longest input whose influence is measured: it takes two passes for each position.
  package static let longestInfluence = 256
  /// The length of the longest input that is traced.
  package static let longest = 4096
  /// The maximum number of values of a state, over all examples of a pass or of one example.
  private static let valuesPerPass = 1 << 19

  /// - Parameters:
  ///   - input: the input, not padded.
  ///   - length: a power of two.
  ///   - symbols: the number of input symbols, including the blank.
  ///   - progress: receives the layers done and the total; an error that it throws ends the trace.
  package init(
    _ model: any SequenceModel,
    input: [Int32],
    length: Int,
    symbols: Int,
    progress: @escaping (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) {
    precondition(input.count <= length && length <= Self.longest, "\(input.count) in \(length)")
    self.model = model
    self.progress = progress
    self.symbols = symbols
    self.input = input + [Int32](repeating: 0, count: length - input.count)
    columns = model.switchColumns(levels: length.trailingZeroBitCount)
  }

  /// Returns the trace of the input, with influences unless it is too long.
  ///
  /// - Throws: any error that `progress` throws.
  package func trace() throws -> NetworkTrace {
    let pass = try run([input], pass: 0, of: 1)
    var trace = NetworkTrace(
      input: input,
      output: pass.logits.largestColumns,
      columns: columns,
      flow: pass.flow
    )
    if length <= Self.longestInfluence { trace.influence = try influence(pass) }
    return trace
  }

  private struct Pass {
    /// The input of the first layer and the output of each, [T, m].
    var flow: [Tensor] = []
    /// [T, V].
    let logits: Tensor
    let statistics: LayerProbe.NormStatistics
  }

  private func run(
    _ inputs: [[Int32]],
    holding statistics: LayerProbe.NormStatistics? = nil,
    pass number: Int,
    of passes: Int
  ) throws -> Pass {
    let monitor = PassMonitor { pass in
      try progress(number * pass.total + pass.done, passes * pass.total)
    }
    var flow: [Tensor] = []
    let probe = LayerProbe(holding: statistics) { flow.append($0) }
    let batch = Batch([length: inputs.map { Example(input: $0, target: []) }])
    let logits = try model.forward(batch, monitor: monitor, probe: probe).logits
    return Pass(flow: flow, logits: logits.value, statistics: probe.statistics)
  }

  private func influence(_ whole: Pass) throws -> InputInfluence {
    let (n, layers) = (length, whole.flow.count)
    let sharesStatistics = !whole.statistics.isEmpty
    let replacements = Self.replacements(of: input, symbols: symbols)
    let sizes = whole.flow.map { $0.rowDistances() }
    let probabilities = whole.logits.rowProbabilities
    var wired = [[Float]](repeating: [], count: layers)
    var shared = [[Float]](repeating: [], count: sharesStatistics ? layers : 0)
    var answers: [Float] = []
    let perPass = max(1, Self.valuesPerPass / max(1, whole.flow[0].count))
    let runs = sharesStatistics ? 2 : 1
    let passes = (n + perPass - 1) / perPass * runs
    for first in stride(from: 0, to: n, by: perPass) {
      let pass = first / perPass * runs
      let changed = (first..<min(first + perPass, n)).map { place in
        var copy = input
        copy[place] = replacements[place]
        return copy
      }
      let free = try run(changed, pass: pass, of: passes)
      let held =
        sharesStatistics
        ? try run(changed, holding: whole.statistics, pass: pass + 1, of: passes) : free
      for example in changed.indices {
        func rows(_ tensor: Tensor) -> Tensor { tensor.rows(example * n..<(example + 1) * n) }
        for layer in 0..<layers {
          let state = rows(held.flow[layer])
          wired[layer] += zip(state.rowDistances(from: whole.flow[layer]), sizes[layer])
            .map(Self.relative)
          guard sharesStatistics else { continue }
          shared[layer] += zip(rows(free.flow[layer]).rowDistances(from: state), sizes[layer])
            .map(Self.relative)
        }
        answers += rows(free.logits).rowProbabilities.rowDistances(from: probabilities).map {
          $0 / Float(2).squareRoot()
        }
      }
    }
    // States after a shuffle are reported at the places before it.
    func layer(_ values: [Float], _ index: Int) -> Tensor {
      let shuffle =
        index > 0 && columns.indices.contains(index - 1) ? columns[index - 1].shuffle : .none
      return Tensor(values, [n * n, 1]).unshuffled(shuffle, length: n).reshaped(to: [n, n])
    }
    return InputInfluence(
      length: n,
      replacements: replacements,
      wired: wired.enumerated().map { layer($1, $0) },
      shared: shared.enumerated().map { layer($1, $0) },
      answers: Tensor(answers, [n, n])
    )
  }

  private static func relative(_ distance: Float, _ size: Float) -> Float {
    size > 0 ? distance / size : 0
  }

  /// Returns another symbol for each symbol of an input: the next larger one that the input contains, or the smallest
  /// for the largest; if the input contains only one, its neighbour in the alphabet. A blank becomes the smallest.
  ///
  /// So the input contains no symbol that the network has never read.
  package static func replacements(of input: [Int32], symbols: Int) -> [Int32] {
    let present = Set(input).subtracting([0]).sorted()
    return input.map { symbol in
      let others = present.filter { $0 != symbol }
      if let next = others.first(where: { $0 > symbol }) ?? others.first { return next }
      return Int(symbol) + 1 < symbols ? symbol + 1 : max(1, symbol - 1)
    }
  }
}

extension Tensor {
  /// Returns some rows of [r, c].
  fileprivate func rows(_ range: Range<Int>) -> Tensor {
    let columns = shape[1]
    return Tensor([range.count, columns]) { out in
      withPointer {
        out.update(from: $0 + range.lowerBound * columns, count: range.count * columns)
      }
    }
  }

  /// The softmax of each row.
  fileprivate var rowProbabilities: Tensor {
    var copy = self
    copy.withMutablePointer { kernels.softmax_rows(shape[0], shape[1], 1, $0) }
    return copy
  }
}
