import Foundation

/// The original's samples: per task and requested length, pairs of input and target.
struct Samples: Decodable {
  struct Task: Decodable {
    let n_input: Int
    let n_output_recommended: Int?
    let samples: [String: [[[Int32]]]]
  }

  let tasks: [String: Task]

  static func load() throws -> Samples {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("task_samples.json")
    return try JSONDecoder().decode(Samples.self, from: Data(contentsOf: url))
  }

  /// The samples of a task that hold an example: `mulbcd` at length 8 has numbers without digits, which the
  /// task refuses here.
  static func pairs(_ task: String) throws -> [(requested: Int, input: [Int32], target: [Int32])] {
    try (load().tasks[task]?.samples ?? [:]).flatMap { requested, pairs in
      pairs.map { (Int(requested) ?? 0, $0[0], $0[1]) }
    }.filter { !$0.target.isEmpty }
  }
}
