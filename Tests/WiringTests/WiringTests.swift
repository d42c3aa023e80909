import Testing
import Wiring

@Suite struct WiringTests {
  @Test(
    "behind the forward half positions of eight turn their bits down"
  )
  func leftShuffle() {
    // 000 001 010 011 100 101 110 111 → 000 100 001 101 010 110 011 111
    #expect((0..<8).map { Shuffle.left.target(of: $0, length: 8) } == [0, 4, 1, 5, 2, 6, 3, 7])
    // So places 0, 1, 2, … get the elements from positions 0, 2, 4, 6 and then 1, 3, 5, 7.
    #expect((0..<8).map { Shuffle.left.source(of: $0, length: 8) } == [0, 2, 4, 6, 1, 3, 5, 7])
  }

  @Test("behind the reverse half they go back")
  func rightShuffle() {
    #expect((0..<8).map { Shuffle.right.target(of: $0, length: 8) } == [0, 2, 4, 6, 1, 3, 5, 7])
    #expect((0..<8).map { Shuffle.right.source(of: $0, length: 8) } == [0, 4, 1, 5, 2, 6, 3, 7])
    #expect((0..<8).map { Shuffle.none.target(of: $0, length: 8) } == Array(0..<8))
  }

  @Test("what comes from a position goes there", arguments: [2, 4, 16, 1024])
  func inverse(length: Int) {
    for shuffle in [Shuffle.none, .left, .right] {
      for position in 0..<length {
        let target = shuffle.target(of: position, length: length)
        #expect(shuffle.source(of: target, length: length) == position)
      }
    }
  }

  @Test("the columns of two blocks at length 8 share a unit forward and one in reverse")
  func sharedColumns() {
    let columns = BenesWiring(blocks: 2).columns(levels: 3)
    #expect(
      columns.map(\.path) == [
        "blocks.0.forward", "blocks.0.forward", "blocks.0.reverse", "blocks.0.reverse",
        "blocks.1.forward", "blocks.1.forward", "blocks.1.reverse", "blocks.1.reverse", "last",
      ]
    )
    #expect(
      columns.map(\.shuffle) == [
        .left, .left, .right, .right, .left, .left, .right, .right, .none,
      ]
    )
    #expect(columns.map(\.level) == [1, 2, 1, 2, 1, 2, 1, 2, 0])
    #expect(columns.parts == [0..<2, 2..<4, 4..<6, 6..<8, 8..<9])
    #expect(columns[5].title == "block 2, forward" && columns[8].title == "last")
  }

  @Test("with units of their own, the first column and the middle one stand apart")
  func plainColumns() {
    let wiring = BenesWiring(blocks: 1, tying: .plain)
    #expect(
      wiring.columns(levels: 4).map(\.path) == [
        "blocks.0.first", "blocks.0.forward", "blocks.0.forward", "blocks.0.middle",
        "blocks.0.backward", "blocks.0.backward", "last",
      ]
    )
    #expect(wiring.columns(levels: 2).map(\.unit) == ["first", "middle", "last"])
    #expect(wiring.units.map(\.unit) == ["first", "forward", "middle", "backward", "last"])
    #expect(wiring.units.map(\.shuffle) == [.left, .left, .right, .right, .none])
  }

  @Test("two elements meet in the last column only")
  func shortest() {
    #expect(BenesWiring(blocks: 3).columns(levels: 1).map(\.path) == ["last"])
  }
}
