import Wiring

/// The names that the authors' TensorFlow code gives the parameters of a network.
package struct ReleasedNames: Sendable {
  /// The scope of the variables of the switch units.
  package let scope: String
  /// The layers of a block, by the names of their units.
  private let layers: [String: String]
  private let last: String
  /// The paths of parameters within a switch unit.
  private let parameters: [String: String]

  private static let root = "var_lengths/"

  /// The prefix of the switch units' variable names.
  package var prefix: String { Self.root + scope + "/" }

  /// Returns the variable of a released checkpoint that holds the parameter with this path.
  ///
  /// For example `blocks.0.forward.expand` → `var_lengths/steps_recursive/0_forward/cand1/c/CvK`.
  ///
  /// - Returns: nil for a path that the network does not have, and for networks that were not released.
  package static func variable(for path: String, of spec: ModelSpec) -> String? {
    guard let names = spec.network.releasedNames(spec.tying) else { return nil }
    let parts = path.split(separator: ".").map(String.init)
    switch parts.first {
    case "embedding" where parts.count == 1: return root + "embedding"
    case "output" where parts.count == 2:
      return ["weight": "CvK", "bias": "CvB"][parts[1]].map { "\(root)output/\($0)" }
    case "calibration" where parts.count == 2: return "\(root)corrected_result/\(parts[1])"
    case "front": return front(Array(parts.dropFirst()), convolutions: spec.convolutions)
    case "last": return names.variable(unit: names.last, Array(parts.dropFirst()))
    case "blocks" where parts.count > 3:
      guard let layer = names.layers[parts[2]] else { return nil }
      return names.variable(unit: "\(parts[1])_\(layer)", Array(parts.dropFirst(3)))
    default: return nil
    }
  }

  /// The released networks, with their ways of tying and their names.
  package static let all: [(network: NetworkKind, tying: Tying, names: ReleasedNames)] =
    NetworkKind.allCases.flatMap { network in
      Tying.allCases.compactMap { tying in
        network.releasedNames(tying).map { (network, tying, $0) }
      }
    }

  /// Returns the variable of the convolutions before a network that reads audio.
  private static func front(_ path: [String], convolutions: Int) -> String? {
    switch (path.first, path.last) {
    case ("last", "weight"): return "\(root)pool1/conv\(convolutions + 1)/CvK"
    case ("last", "bias"): return "\(root)pool1/conv\(convolutions + 1)/CvB"
    case ("convolutions", let parameter?) where path.count == 3:
      guard let index = Int(path[1]), index < convolutions else { return nil }
      return [
        "weight": "\(root)pool1/conv\(index + 1)/CvK",
        "offset": "\(root)pool1/norm\(index + 1)/norm_bias/offset",
      ][parameter]
    default: return nil
    }
  }

  private func variable(unit: String, _ path: [String]) -> String? {
    parameters[path.joined(separator: ".")].map { "\(prefix)\(unit)/\($0)" }
  }
}

extension ReleasedNames {
  /// Returns the names of the residual network.
  static func residual(_ tying: Tying) -> ReleasedNames? {
    let parameters = [
      "expand": "cand1/c/CvK", "offset": "norm/c/norm_bias/offset", "contract": "cand2/c/CvK",
      "bias": "cand2/c/CvB", "residual": "residual",
    ]
    return switch tying {
    case .shared:
      ReleasedNames(
        scope: "steps_recursive",
        layers: ["forward": "forward", "reverse": "reverse"],
        last: "last",
        parameters: parameters
      )
    case .plain:
      ReleasedNames(
        scope: "steps/shuffle_exchange",
        layers: [
          "first": "first_layer", "forward": "forward", "middle": "middle_layer",
          "backward": "backward",
        ],
        last: "last_layer",
        parameters: parameters
      )
    }
  }

  /// The names of the gated network.
  static let gated = ReleasedNames(
    scope: "steps_shuffle_exchange",
    layers: ["forward": "forward", "reverse": "reverse"],
    last: "last",
    parameters: [
      "reset1.weight": "reset1/c/CvK", "reset1.bias": "reset1/c/CvB",
      "reset2.weight": "reset2/c/CvK", "reset2.bias": "reset2/c/CvB", "gate.weight": "g/CvK",
      "gate.bias": "g/CvB", "candidate1.weight": "cand1/c/CvK", "candidate1.bias": "cand1/c/CvB",
      "candidate2.weight": "cand2/c/CvK", "candidate2.bias": "cand2/c/CvB",
      "scale": "residual_scale",
    ]
  )
}
