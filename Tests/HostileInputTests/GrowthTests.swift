import Foundation
import TestSupport
import Testing

@testable import HostileInput

/// The rule by which large files are judged, on counted work.
@Suite("Growth of a cost")
struct GrowthTests {
  /// Measures a reader of texts that tells how many bytes it has looked at or moved.
  private func growth(
    largest: Int = 1 << 14,
    floor: Double = 0,
    _ reader: (_ text: [UInt8]) -> Int
  ) -> Growth {
    Growth(largest: largest, floor: floor) { size in
      let text = Array(repeatElement(Array("ab\n".utf8), count: size / 3).joined())
      return Growth.Point(size: text.count, cost: Double(reader(text)))
    }
  }

  /// Divides a text into lines, looking at each byte once.
  private func dividing(_ text: [UInt8]) -> Int {
    var count = 0
    var lines: [Int] = []
    for (place, byte) in text.enumerated() {
      count += 1
      if byte == UInt8(ascii: "\n") { lines.append(place) }
    }
    return count
  }

  /// Takes each line away from the front, moving all bytes behind it.
  private func takingAway(_ text: [UInt8]) -> Int {
    var count = 0
    var rest = text
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      count += rest.count
      rest.removeFirst(end + 1)
    }
    return count
  }

  @Test("finds a reader that takes the square of the size, and none that takes a share of it")
  func readers() {
    #expect(growth(takingAway).isTooSteep)
    #expect(!growth(dividing).isTooSteep)
  }

  @Test("finds a square beside what grows with the size, and forgives sorting")
  func mixtures() {
    #expect(growth { $0.count * $0.count + 2000 * $0.count + 100_000 }.isTooSteep)
    #expect(!growth { $0.count * Int(log2(Double($0.count))) }.isTooSteep)
    #expect(!growth { $0.count + 1_000_000 }.isTooSteep)
    #expect(!growth { _ in 7 }.isTooSteep)
    // Refused from a size on, read below it, and the reverse.
    #expect(!growth { $0.count > 1 << 13 ? 1 : takingAway($0) }.isTooSteep)
    #expect(!growth { $0.count < 1 << 11 ? 1 : dividing($0) }.isTooSteep)
  }

  @Test("does not judge sizes that cannot grow")
  func bounded() {
    let growth = Growth(largest: 1 << 14, floor: 0) { size in
      Growth.Point(size: min(size, 1 << 10), cost: Double(size * size))
    }
    #expect(!growth.isTooSteep)
  }

  @Test("measures a cheap reader once, a linear one three times, and a suspect in five rounds")
  func measurements() {
    var sizes: [Int] = []
    func count(floor: Double, _ reader: ([UInt8]) -> Int) -> Int {
      sizes = []
      _ = growth(floor: floor) { text in
        sizes.append(text.count)
        return reader(text)
      }
      return sizes.count
    }
    #expect(count(floor: 1e12, takingAway) == 1)
    #expect(count(floor: 1000, dividing) == 3)
    #expect(Set(sizes) == [1023, 4095, 16_383])
    #expect(count(floor: 1000, takingAway) == 15)
  }

  @Test("on a machine that is disturbed still tells the two apart", arguments: 0..<20)
  func disturbances(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var isFirst = true
    // Up to twice the cost at any time; and the first measurement, of the largest, fifty times.
    func disturbed(_ cost: Int) -> Int {
      defer { isFirst = false }
      return Int(Double(cost) * (isFirst ? 50 : Double.random(in: 1...2, using: &random)))
    }
    let linear = growth { disturbed(dividing($0)) }
    #expect(!linear.isTooSteep, "\(linear.points)")
    isFirst = false
    let square = growth { disturbed(takingAway($0)) }
    #expect(square.isTooSteep, "\(square.points)")
  }
}
