import CommandLanguage
import Figures
import Foundation
import Routing
import Sessions
import Wording

/// The result of a route, in words and as a record.
struct RouteReport {
  private let route: Route
  private let counts: NetworkCounts
  /// True if the settings, applied to data, bring each element to its target.
  private let arrived: Bool

  /// - Parameter checkpoint: called now and then; an error that it throws ends the work.
  init(_ route: Route, checkpoint: () throws -> Void) rethrows {
    self.route = route
    counts = NetworkCounts(levels: route.wiring.levels)
    arrived =
      try !route.isBlocked
      && route.arrangement(checkpoint: checkpoint) == route.permutation.inverse.targets
  }

  /// The conflicts if there are any, the summary, and the reach of an omega network.
  var lines: [String] {
    conflicts + [summary] + (route.wiring.form == .omega ? [reach] : [])
  }

  /// The network's size, and the outcome.
  var summary: String {
    let wiring = route.wiring
    let network =
      "\(counted(wiring.count, "element")), \(counted(wiring.columns, "column")), "
      + counted(wiring.switches, "switch", "switches")
    guard !route.isBlocked else {
      return network + ": blocked in column \(route.crosses.count) at "
        + counted(route.conflicts.count, "switch", "switches")
    }
    let loops = wiring.form == .omega ? "" : ", \(counted(route.loopCount, "loop"))"
    let crossed =
      route.crossed == 0 ? "none crosses" : counted(route.crossed, "crosses", "cross")
    return "\(network): \(crossed)\(loops)"
  }

  private var conflicts: [String] {
    let shown = route.conflicts.prefix(4).map { conflict in
      let elements = conflict.elements.map { "\($0) (to \(route.permutation.targets[$0]))" }
      return "column \(conflict.column + 1), switch \(conflict.number.switchName): "
        + "\(elements.joined(separator: " and ")) both need the \(RouteStory.way(conflict.output)) output"
    }
    let more = route.conflicts.count - shown.count
    return shown + (more > 0 ? ["and \(grouped(more)) more such switches in this column"] : [])
  }

  /// The number of permutations that an omega network can perform.
  private var reach: String {
    let count = route.permutation.count
    guard count <= 8 else {
      return String(
        format: "an omega network makes 2^%.0f of the 2^%.1f permutations of %@ elements",
        counts.omega,
        counts.bits,
        grouped(count)
      )
    }
    let all = (1...count).reduce(1, *)
    return "an omega network makes \(grouped(1 << Int(counts.omega))) of the \(grouped(all)) "
      + "permutations of \(count) elements"
  }

  var record: Record {
    let wiring = route.wiring
    var record: Record = [
      "network": .text(wiring.form.rawValue), "elements": .number(Double(wiring.count)),
      "columns": .number(Double(wiring.columns)), "switches": .number(Double(wiring.switches)),
      "crossed": .number(Double(route.crossed)), "loops": .number(Double(route.loopCount)),
      "blocked": .boolean(route.isBlocked), "conflicts": .number(Double(route.conflicts.count)),
      "arrived": .boolean(arrived), "bits": .number(counts.bits),
    ]
    if let conflict = route.conflicts.first {
      record["column"] = .number(Double(conflict.column + 1))
    }
    if wiring.count <= 1024 { record["targets"] = .integers(route.permutation.targets) }
    return record
  }
}
