/// A maximum matching of a bipartite graph, by Hopcroft and Karp.
///
/// There may be several. This one is found in the order of steps of `mir_eval.util._bipartite_match`, so that scores
/// that depend on the matching agree too: a greedy matching first; then, as long as there are augmenting paths, all of
/// the shortest ones at once.
struct BipartiteMatching {
  /// For each right vertex, the left vertex that it is matched with; nil without one.
  private(set) var left: [Int?]

  private let graph: [[Int]]
  /// The link back from each left vertex of the layers.
  private var origins: [Origin]
  /// The left vertices that lead to each right vertex from the previous layer; nil if there are none, or if the vertex
  /// is used up.
  private var predecessors: [[Int]?]

  private enum Origin {
    case outside
    /// Left vertices without a match, where paths start.
    case start
    case right(Int)
  }

  /// - Parameters:
  ///   - graph: for each left vertex, its neighbours on the right.
  ///   - rightCount: the number of right vertices.
  init(_ graph: [[Int]], rightCount: Int) {
    self.graph = graph
    left = Array(repeating: nil, count: rightCount)
    origins = []
    predecessors = []
    for (vertex, neighbours) in graph.enumerated() {
      if let free = neighbours.first(where: { left[$0] == nil }) { left[free] = vertex }
    }
    while true {
      let ends = layers()
      if ends.isEmpty { return }
      for end in ends { enlarge(from: end) }
    }
  }

  /// Builds the layers of shortest paths from free left vertices; returns the free right vertices that they reach.
  private mutating func layers() -> [Int] {
    predecessors = Array(repeating: nil, count: left.count)
    origins = Array(repeating: .start, count: graph.count)
    for case let vertex? in left { origins[vertex] = .outside }
    var layer = graph.indices.filter { if case .start = origins[$0] { true } else { false } }
    var ends: [Int] = []
    while !layer.isEmpty, ends.isEmpty {
      var reached: [Int] = []
      var sources: [Int: [Int]] = [:]
      for vertex in layer {
        for neighbour in graph[vertex] where predecessors[neighbour] == nil {
          if sources[neighbour] == nil { reached.append(neighbour) }
          sources[neighbour, default: []].append(vertex)
        }
      }
      layer = []
      for vertex in reached {
        predecessors[vertex] = sources[vertex]
        if let match = left[vertex] {
          layer.append(match)
          origins[match] = .right(vertex)
        } else {
          ends.append(vertex)
        }
      }
    }
    return ends
  }

  /// Follows the layers back from a free right vertex along vertices that are not used up yet, and flips the matches
  /// along the path if it reaches a free left vertex.
  private mutating func enlarge(from end: Int) {
    // The path so far: right vertices, each with its untried left vertices.
    var path: [(right: Int, untried: [Int])] = []
    var next: Int? = end
    while true {
      if let right = next {
        next = nil
        guard let untried = predecessors[right] else {
          if path.isEmpty { return }
          continue
        }
        predecessors[right] = nil
        path.append((right, untried.reversed()))
      }
      guard let last = path.indices.last else { return }
      guard let vertex = path[last].untried.popLast() else {
        path.removeLast()
        continue
      }
      switch origins[vertex] {
      case .outside: continue
      case .right(let right):
        origins[vertex] = .outside
        path[last].untried.append(vertex)
        next = right
      case .start:
        origins[vertex] = .outside
        path[last].untried.append(vertex)
        for step in path {
          if let match = step.untried.last { left[step.right] = match }
        }
        return
      }
    }
  }
}
