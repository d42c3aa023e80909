import Testing

@testable import Autograd

@Suite("The tree of gradients")
struct GradientTreeTests {
  /// The sum of neighbours, then of neighbouring pairs, and so on, written as brackets.
  private func paired(_ leaves: Int) -> String {
    var level = (0..<leaves).map(String.init)
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map {
        $0 + 1 < level.count ? "(\(level[$0])+\(level[$0 + 1]))" : level[$0]
      }
    }
    return level.first ?? ""
  }

  @Test("is the pairing of neighbours, however the leaves are divided", arguments: 1...40)
  func shape(leaves: Int) {
    let tree = GradientTree(leaves: leaves)
    for processes in 1...9 {
      var known: [Range<Int>: String] = [:]
      for process in 0..<processes {
        let own = leaves * process / processes..<leaves * (process + 1) / processes
        let nodes = tree.nodes(in: own)
        #expect(nodes.flatMap(Array.init) == Array(own))
        for node in nodes {
          known[node] = tree.sum(at: node) {
            $0.count == 1 ? String($0.lowerBound) : nil
          } add: {
            $0 = "(\($0)+\($1))"
          }
        }
      }
      let sum = tree.sum(at: 0..<leaves) {
        known[$0]
      } add: {
        $0 = "(\($0)+\($1))"
      }
      #expect(sum == paired(leaves))
    }
  }

  @Test("leaves out what is not there")
  func absent() {
    let tree = GradientTree(leaves: 5)
    let sum = tree.sum(at: 0..<5) {
      $0 == 1..<2 ? "1" : $0 == 4..<5 ? "4" : nil
    } add: {
      $0 = "(\($0)+\($1))"
    }
    #expect(sum == "(1+4)")
    #expect(
      tree.sum(at: 0..<5) { _ -> String? in
        nil
      } add: { _, _ in
      } == nil
    )
  }
}
