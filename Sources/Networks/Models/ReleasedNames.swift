/// The names that the authors' TensorFlow code gives the parameters of this network.
package enum ReleasedNames {
  /// The variable of a released checkpoint that holds the parameter with this path.
  ///
  /// For example `blocks.0.forward.expand` → `var_lengths/steps_recursive/0_forward/cand1/c/CvK`.
  ///
  /// - Returns: nil for a path that the network does not have.
  package static func variable(for path: String, tying: Tying) -> String? {
    let parts = path.split(separator: ".").map(String.init)
    switch parts.first {
    case "embedding" where parts.count == 1: return "var_lengths/embedding"
    case "output" where parts.count == 2:
      return ["weight": "CvK", "bias": "CvB"][parts[1]].map { "var_lengths/output/\($0)" }
    case "last" where parts.count == 2:
      return unit(tying == .shared ? "last" : "last_layer", parts[1], tying)
    case "blocks" where parts.count == 4:
      guard let layer = layers(tying)[parts[2]] else { return nil }
      return unit("\(parts[1])_\(layer)", parts[3], tying)
    default: return nil
    }
  }

  private static func layers(_ tying: Tying) -> [String: String] {
    switch tying {
    case .shared: ["forward": "forward", "reverse": "reverse"]
    case .plain:
      [
        "first": "first_layer", "forward": "forward", "middle": "middle_layer",
        "backward": "backward",
      ]
    }
  }

  private static func unit(_ unit: String, _ parameter: String, _ tying: Tying) -> String? {
    let scope = tying == .shared ? "steps_recursive" : "steps/shuffle_exchange"
    let names = [
      "expand": "cand1/c/CvK", "offset": "norm/c/norm_bias/offset", "contract": "cand2/c/CvK",
      "bias": "cand2/c/CvB", "residual": "residual",
    ]
    return names[parameter].map { "var_lengths/\(scope)/\(unit)/\($0)" }
  }
}
