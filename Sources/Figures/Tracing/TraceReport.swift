import CommandLanguage
import Foundation
import Networks
import Routing
import Sessions
import Tensors
import Training
import Wiring

/// A trace in words and in numbers.
struct TraceReport {
  package let trace: NetworkTrace
  /// The symbol of the question at each position.
  private let names: [String]
  /// The target of each symbol in the task, if it does not depend on the symbols.
  package let permutation: Permutation?
  /// The number of symbols that are not padding.
  package let symbols: Int
  /// The average number of positions that a symbol reaches after each layer; nil if nothing was measured.
  private let reaches: [Double]?
  /// The share of the influence after each layer that the norms' statistics carry; nil if they carry none.
  private let statistics: [Double]?
  private let use: SwitchUse?

  package init(
    _ trace: NetworkTrace,
    names: [String],
    permutation: Permutation?,
    symbols: Int
  ) {
    self.trace = trace
    self.names = names
    self.permutation = permutation
    self.symbols = symbols
    use = permutation.flatMap { SwitchUse(trace, $0) }
    reaches = trace.influence.map { influence in
      influence.wired.indices.map { layers in
        Double(influence.reach(after: layers).reduce(0, +)) / Double(trace.length)
      }
    }
    let influence = trace.influence.flatMap { $0.shared.isEmpty ? nil : $0 }
    statistics = influence.map { influence in
      zip(influence.wired, influence.shared).map { wired, shared in
        let (wired, shared) = (Self.sum(wired), Self.sum(shared))
        return wired + shared > 0 ? shared / (wired + shared) : 0
      }
    }
  }

  /// The number of positions that fit side by side in 80 columns.
  private static let shownPositions = 16

  // MARK: Tables

  /// The change of each position by each layer, or its range for longer inputs.
  package var table: [String] {
    trace.length <= Self.shownPositions ? positionTable : rangeTable
  }

  private var positionTable: [String] {
    let heading =
      "layer" + (0..<trace.length).map { Self.right(String($0), 4) }.joined() + " mean"
      + (reaches == nil ? "" : " reach")
    let shown = names.map { Self.right(DisplayWidth.columns(of: $0) <= 3 ? $0 : "…", 4) }
    var lines = [
      "change of each position by each layer, in percent", heading,
      "input" + shown.joined(),
    ]
    for layer in 0..<trace.layers {
      if let title = title(ofPartFrom: layer) { lines.append(title) }
      let cells = trace.changes[layer].map { Self.right(Self.percent(Double($0)), 4) }.joined()
      lines.append(
        Self.right(String(layer + 1), 5) + cells
          + Self.right(Self.percent(mean(trace.changes[layer])), 5)
          + (reaches.map { Self.right(Self.short($0[layer + 1]), 6) } ?? "")
      )
    }
    return lines
  }

  private var rangeTable: [String] {
    var rows = [["layer", "part", "least", "mean", "most"]]
    if reaches != nil { rows[0].append("reach") }
    if statistics != nil { rows[0].append("statistics") }
    for layer in 0..<trace.layers {
      let changes = trace.changes[layer]
      var row = [
        String(layer + 1), name(ofPartOf: layer), Self.percent(Double(changes.min() ?? 0)),
        Self.percent(mean(changes)), Self.percent(Double(changes.max() ?? 0)),
      ]
      if let reaches { row.append(Self.short(reaches[layer + 1])) }
      if let statistics { row.append(Self.percent(statistics[layer + 1])) }
      rows.append(row)
    }
    return ["change of the positions by each layer, in percent"]
      + TextTable(rows: rows, numbers: [0, 2, 3, 4, 5, 6]).lines(width: 80)
  }

  /// Returns the name of a layer's part of the network if the layer is its first one.
  private func title(ofPartFrom layer: Int) -> String? {
    trace.columns.parts.contains { $0.lowerBound == layer } ? name(ofPartOf: layer) : nil
  }

  private func name(ofPartOf layer: Int) -> String {
    trace.columns.indices.contains(layer) ? trace.columns[layer].title : "layer"
  }

  // MARK: Summary

  /// Facts that hold for all networks of its wiring: the same on every machine.
  var wiringLines: [String] {
    guard let reaches, !trace.columns.isEmpty else { return [] }
    let all = Double(trace.length)
    let growing = reaches.dropFirst().prefix { $0 < all } + [all]
    var numbers = growing.map(Self.short)
    if numbers.count > 4 { numbers.replaceSubrange(3..<numbers.count - 1, with: ["…"]) }
    return [
      "by wiring, a symbol reaches \(numbers.joined(separator: ", ")) of "
        + "\(trace.length) positions after layer"
        + (growing.count == 1 ? " 1" : "s 1 to \(growing.count)")
    ]
  }

  /// A summary of what this network did.
  var summaryLines: [String] {
    var lines: [String] = []
    if let statistics {
      lines.append(
        "carried by the norm's statistics: \(Self.percent(statistics[1])) % after layer 1, "
          + "\(Self.percent(statistics[trace.layers])) % after the last"
      )
    }
    if let sources = trace.influence?.strongestInputs, let permutation {
      let right = permutation.inverse.targets.prefix(symbols)
      let found = zip(sources, right).count { $0 == $1 }
      lines.append(
        "outputs that depend most on the symbol they should show: \(found) of \(symbols)"
      )
    }
    if let use {
      lines.append("switches that it uses as a route of the looping algorithm sets them:")
      for (block, (crossed, straight)) in zip(use.crossed, use.straight).enumerated() {
        lines.append(
          "  block \(block + 1): \(crossed.alike) of \(crossed.all) that cross, "
            + "\(straight.alike) of \(straight.all) that stay straight"
        )
      }
    }
    return lines
  }

  /// The trace in numbers.
  package var record: Record {
    var record: Record = [
      "length": .number(Double(trace.length)), "layers": .number(Double(trace.layers)),
      "change": labelled(trace.changes.map(mean)),
    ]
    if let reaches { record["reach"] = labelled(Array(reaches.dropFirst())) }
    if let statistics { record["statistics"] = labelled(Array(statistics.dropFirst())) }
    if let influence = trace.influence {
      record["sources"] = .integers(influence.strongestInputs)
    }
    if let use {
      record["crossed"] = .numbers(use.crossed.map(\.share))
      record["straight"] = .numbers(use.straight.map(\.share))
    }
    return record
  }

  /// Returns values by the numbers of the layers.
  private func labelled(_ values: [Double]) -> Value {
    .labelled(Labelled(values.enumerated().map { (.number(Double($0 + 1)), .number($1)) }))
  }

  // MARK: Numbers

  private static func sum(_ values: Tensor) -> Double {
    values.withPointer { kernels.sum(values.count, $0) }
  }

  private func mean(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
  }

  private static func percent(_ share: Double) -> String { String(format: "%.0f", 100 * share) }

  /// Returns a whole number, or one with a decimal.
  private static func short(_ value: Double) -> String {
    value == value.rounded() ? String(format: "%.0f", value) : String(format: "%.1f", value)
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: text))) + text
  }
}
