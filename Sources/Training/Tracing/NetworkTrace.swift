import Networks
import Tensors
import Wiring

/// A layer-by-layer record of a network's pass over one sequence of symbols.
///
/// Places are those at which the switches of a layer leave their results, before the shuffle that follows.
package struct NetworkTrace: Sendable {
  /// The input, padded with blanks to n symbols.
  package let input: [Int32]
  /// The most likely symbol of each of n positions.
  package let output: [Int32]
  /// The columns of switches; empty in a network without switches.
  package let columns: [SwitchColumn]
  /// The state of each position, [n, m]: the embedded input, and the output of each layer.
  package let states: [Tensor]
  /// Per layer, for each position: |y − x| / |x|, where x entered the layer at the place and y left it.
  package let changes: [[Float]]
  /// The influence of each input symbol, if it was measured.
  package internal(set) var influence: InputInfluence?

  /// n.
  package var length: Int { input.count }
  /// The number of layers.
  package var layers: Int { changes.count }

  /// Returns the shuffle of positions after a layer.
  package func shuffle(behind layer: Int) -> Shuffle {
    columns.indices.contains(layer) ? columns[layer].shuffle : .none
  }

  /// Creates the trace of a pass from its flow, the input of the first layer, [n, m], and the outputs of all layers
  /// after their shuffles.
  init(input: [Int32], output: [Int32], columns: [SwitchColumn], flow: [Tensor]) {
    self.input = input
    self.output = output
    self.columns = columns
    var states = Array(flow.prefix(1))
    var changes: [[Float]] = []
    for (layer, before) in flow.dropLast().enumerated() {
      let shuffle = columns.indices.contains(layer) ? columns[layer].shuffle : .none
      let after = flow[layer + 1].unshuffled(shuffle, length: input.count)
      changes.append(
        zip(after.rowDistances(from: before), before.rowDistances()).map { $1 > 0 ? $0 / $1 : 0 }
      )
      states.append(after)
    }
    self.states = states
    self.changes = changes
  }
}

/// The influence of each symbol of an input: the change of the states when that symbol is replaced.
///
/// Measured twice: with the statistics of the norms over positions held at those of the unchanged input, so that a
/// symbol only reaches what the wiring lets it reach, and as the network really works.
package struct InputInfluence: Sendable {
  /// n, the number of inputs and of positions.
  package let length: Int
  /// The replacement of each symbol.
  package let replacements: [Int32]
  /// For the embedded input and for each layer, [inputs, positions]: |y' − y| / |y|, where y is the state at a position
  /// and y' the state after the change, with the statistics held.
  package let wired: [Tensor]
  /// The part that the statistics carry: |y'' − y'| / |y|, where y'' is the state with nothing held; empty if norms do
  /// not join positions.
  package let shared: [Tensor]
  /// [inputs, outputs]: |p' − p| / √2 for the probabilities p of an output's symbols, as the network really works;
  /// 0 … 1.
  package let answers: Tensor

  /// The smallest influence that counts.
  package static let threshold: Float = 1e-6

  /// Returns, for each input, the number of positions that it reaches through the wiring of the first `layers` layers.
  package func reach(after layers: Int) -> [Int] {
    wired[layers].withElements { values in
      (0..<length).map { input in
        values[input * length..<(input + 1) * length].count { $0 > Self.threshold }
      }
    }
  }

  /// For each output, the input on which it depends most; the first of ties.
  package var strongestInputs: [Int] {
    answers.withElements { values in
      (0..<length).map { output in
        (1..<length).reduce(0) {
          values[$1 * length + output] > values[$0 * length + output] ? $1 : $0
        }
      }
    }
  }
}

extension Tensor {
  /// Returns the Euclidean distance of each row of [r, c] from the same row of another tensor, or from one row for all;
  /// without another tensor, the length of each row.
  func rowDistances(from other: Tensor? = nil) -> [Float] {
    let (rows, columns) = (shape[0], shape[1])
    let other = other ?? Tensor(zeros: [1, columns])
    precondition(
      other.shape == shape || other.shape == [1, columns],
      "\(other.shape) for \(shape)"
    )
    return [Float](unsafeUninitializedCapacity: rows) { buffer, count in
      count = rows
      guard let out = buffer.baseAddress else { return }
      withPointer { a in
        other.withPointer { b in
          kernels.row_distances(rows, columns, a, b, other.shape[0] == rows ? columns : 0, out)
        }
      }
    }
  }

  /// Returns the rows of the examples of [T, m] as they were before a shuffle.
  func unshuffled(_ shuffle: Shuffle, length: Int) -> Tensor {
    guard shuffle != .none else { return self }
    let width = shape[1]
    return Tensor(shape) { out in
      withPointer { values in
        for row in 0..<shape[0] {
          let place = row % length
          let source = row - place + shuffle.source(of: place, length: length)
          (out + source * width).update(from: values + row * width, count: width)
        }
      }
    }
  }
}
