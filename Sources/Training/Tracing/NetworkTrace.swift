import Networks
import Tensors
import Wiring

/// What a network did with one sequence of symbols, layer by layer.
///
/// Places are those at which the switches of a layer leave their results, before the shuffle behind them.
package struct NetworkTrace: Sendable {
  /// The input, filled up with blanks to n symbols.
  package let input: [Int32]
  /// The most likely symbol of each of n positions.
  package let output: [Int32]
  /// The columns of switches; none in a network of another kind.
  package let columns: [SwitchColumn]
  /// The state of each position, [n, m]: the embedded input, and what each layer made of it.
  package let states: [Tensor]
  /// Per layer, for each position: |y − x| / |x|, x what came to the layer at the place and y what left it.
  package let changes: [[Float]]
  /// What each input symbol has an influence on, where it was measured.
  package internal(set) var influence: InputInfluence?

  /// n.
  package var length: Int { input.count }
  /// The number of layers.
  package var layers: Int { changes.count }

  /// How positions move behind a layer.
  package func shuffle(behind layer: Int) -> Shuffle {
    columns.indices.contains(layer) ? columns[layer].shuffle : .none
  }

  /// The trace of a pass whose layers began with the first state, [n, m], and left the others behind their shuffles.
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

/// What each symbol of an input has an influence on: how much a state changes when that symbol is another one.
///
/// Measured twice: with the statistics of the norms over positions held at those of the unchanged input, so that a
/// symbol reaches no more than the wiring lets it, and as the network really works.
package struct InputInfluence: Sendable {
  /// n, the number of inputs and of positions.
  package let length: Int
  /// The symbol that took the place of each one.
  package let replacements: [Int32]
  /// For the embedded input and for each layer, [inputs, positions]: |y' − y| / |y| of the state y at a position and
  /// the one y' after the change, with statistics held.
  package let wired: [Tensor]
  /// The same of what the statistics carry: |y'' − y'| / |y|, y'' the state without anything held; empty where norms do
  /// not join positions.
  package let shared: [Tensor]
  /// [inputs, outputs]: |p' − p| / √2 of the probabilities of an output's symbols, as the network really works; 0 … 1.
  package let answers: Tensor

  /// The least influence that counts.
  package static let threshold: Float = 1e-6

  /// For each input how many positions it reaches through the wiring of the first `layers` layers.
  package func reach(after layers: Int) -> [Int] {
    wired[layers].withElements { values in
      (0..<length).map { input in
        values[input * length..<(input + 1) * length].count { $0 > Self.threshold }
      }
    }
  }

  /// For each output the input on which it depends most; the first of equal ones.
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
  /// The Euclidean distance of each row of [r, c] from the same row of another tensor, or from one row for all; without
  /// one the length of each row.
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

  /// The rows of the examples of [T, m] before a shuffle that has moved them.
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
