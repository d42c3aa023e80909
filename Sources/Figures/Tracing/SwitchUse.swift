import Networks
import Routing
import Sessions
import Tasks
import Tensors
import Training

/// The agreement of a network that rearranges symbols with the looping algorithm, switch by switch.
///
/// The routing sends the two elements of a switch to one place each. The network agrees if the sum of their influences
/// there is larger than at the other places.
struct SwitchUse {
  /// The number of switches of one kind, and of those where the network agrees.
  struct Count: Equatable {
    var alike = 0
    package var all = 0

    package var share: Double { all > 0 ? Double(alike) / Double(all) : 1 }
  }

  /// The counts for the switches that cross and for those that stay straight, for each Beneš block.
  package private(set) var crossed: [Count] = []
  package private(set) var straight: [Count] = []

  /// Returns nil if the network has no switches, or no influence was measured.
  package init?(_ trace: NetworkTrace, _ permutation: Permutation) {
    guard let influence = trace.influence, trace.length == permutation.count else { return nil }
    let network = BenesNetwork(levels: trace.length.trailingZeroBitCount)
    // A block and the layer after it form a Beneš network.
    let blockLayers = network.columns - 1
    guard trace.columns.count > blockLayers, blockLayers > 0 else { return nil }
    let settings = Looping(permutation) {}.settings
    let elements = network.trace(Array(0..<network.count), settings)
    for block in 0..<(trace.columns.count - 1) / blockLayers {
      var (crossed, straight) = (Count(), Count())
      for column in 0..<network.columns {
        influence.wired[block * blockLayers + column + 1].withElements { values in
          for (number, crosses) in settings.crosses[column].enumerated() {
            let (upper, lower) = (2 * number, 2 * number + 1)
            func influence(_ entrance: Int, _ place: Int) -> Float {
              values[elements[column][entrance] * network.count + place]
            }
            let stays = influence(upper, upper) + influence(lower, lower)
            let swaps = influence(upper, lower) + influence(lower, upper)
            if crosses {
              crossed.all += 1
              crossed.alike += swaps > stays ? 1 : 0
            } else {
              straight.all += 1
              straight.alike += stays > swaps ? 1 : 0
            }
          }
        }
      }
      self.crossed.append(crossed)
      self.straight.append(straight)
    }
  }

  /// The tasks that move symbols in the same way whatever they are.
  private static let tasks: Set<String> = ["id", "rev", "rev2", "shuffle"]

  /// Returns the target of each of `count` symbols in a sequence padded to `length`; nil if the targets depend on the
  /// symbols.
  package static func permutation(of task: any SymbolTask, count: Int, length: Int) -> Permutation?
  {
    guard tasks.contains(task.name), count > 0,
      let marked = try? TaskCatalog.task(named: task.name, symbols: max(count + 1, 3))
    else { return nil }
    var targets = Array(0..<length)
    for (place, symbol) in marked.target(of: (1...count).map { Int32($0) }).enumerated() {
      guard symbol > 0, Int(symbol) <= count else { return nil }
      targets[Int(symbol) - 1] = place
    }
    return Permutation(targets)
  }
}
