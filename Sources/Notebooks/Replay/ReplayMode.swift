import Foundation

/// A part of the environment, or a fact, that differs from the record.
package struct HeaderDifference: Sendable, Equatable, CustomStringConvertible {
  /// The part's first word, or the fact's key.
  package let name: String
  /// The recorded value; nil if the notebook does not name this part.
  package let recorded: String?
  /// The value here; nil if there is no such part.
  package let here: String?

  /// A description such as `kernels avx512 recorded, avx2 here`.
  package var description: String {
    "\(name) \(recorded.map { "\($0) recorded" } ?? "not recorded"), "
      + (here.map { "\($0) here" } ?? "none here")
  }
}

/// The way a replay compares, and why.
package enum ReplayMode: Sendable, Equatable, CustomStringConvertible {
  /// Byte for byte: the notebook was recorded in the same environment.
  case exact
  /// Numbers within a tolerance, digests ignored; `differences` lists where the environments differ, and
  /// is nil if the notebook names none.
  case tolerant(Tolerance, differences: [HeaderDifference]?)

  /// Determines the mode for a notebook that records `recorded`, replayed in the environment `here`.
  package init(recorded: String?, here: String, tolerance: Tolerance) {
    guard let recorded else {
      self = .tolerant(tolerance, differences: nil)
      return
    }
    let differences = Self.differences(Self.parts(of: recorded), Self.parts(of: here))
    self = differences.isEmpty ? .exact : .tolerant(tolerance, differences: differences)
  }

  /// A line that describes the comparison and its reason.
  package var description: String {
    switch self {
    case .exact:
      return "comparing exactly: recorded in the same environment"
    case .tolerant(let tolerance, let differences):
      let reason =
        differences.map { $0.map(\.description).joined(separator: "; ") }
        ?? "the notebook names no environment"
      return "comparing numbers within \(tolerance.percent), no digests: \(reason)"
    }
  }

  /// The tolerance; nil in exact mode.
  package var tolerance: Tolerance? {
    if case .tolerant(let tolerance, _) = self { tolerance } else { nil }
  }

  private struct Part {
    let name: String
    let value: String
  }

  private static func parts(of environment: String) -> [Part] {
    environment.split(separator: ",").map { part in
      let words = part.split(separator: " ")
      return Part(
        name: words.first.map(String.init) ?? "",
        value: words.dropFirst().joined(separator: " ")
      )
    }
  }

  private static func differences(_ old: [Part], _ new: [Part]) -> [HeaderDifference] {
    var names: [String] = []
    for part in old + new where !names.contains(part.name) { names.append(part.name) }
    func value(_ name: String, _ parts: [Part]) -> String? {
      let values = parts.filter { $0.name == name }.map(\.value)
      return values.isEmpty ? nil : values.joined(separator: ", ")
    }
    return names.compactMap { name in
      let (recorded, here) = (value(name, old), value(name, new))
      return recorded == here
        ? nil : HeaderDifference(name: name, recorded: recorded, here: here)
    }
  }
}

extension Tolerance {
  /// The relative tolerance as messages show it, such as `2 %`.
  package var percent: String { String(format: "%g %%", relative * 100) }
}
