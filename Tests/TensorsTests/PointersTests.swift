import Tensors
import Testing

@Suite struct PointersTests {
  private let a = Tensor([1, 2, 3], [3])
  private let b = Tensor([10, 20, 30], [3])

  @Test("several arrays are read at a time, and one that is not there is nil")
  func reading() {
    let (some, none): (Tensor?, Tensor?) = (b, nil)
    let sums = withPointers(a, some, none) { a, b, c in
      (0..<3).map { a[$0] + (b?[$0] ?? 100) + (c?[$0] ?? 1000) }
    }
    #expect(sums == [1011, 1022, 1033])
  }

  @Test("arrays are written in place, and their copies stay")
  func writing() {
    var (x, y, z, w) = (a, b, a, b)
    let copy = y
    withPointers(writing: &x, &y, &z, &w, reading: a) { x, y, z, w, a in
      for i in 0..<3 { (x[i], y[i], z[i], w[i]) = (a[i] + 1, a[i] + 2, a[i] + 3, a[i] + 4) }
    }
    #expect([x, y, z, w].map { $0.elements[2] } == [4, 5, 6, 7])
    #expect(copy == b)
    #expect(a.elements == [1, 2, 3])
  }

  @Test("an array that nobody shares is written where it lies")
  func inPlace() {
    var x = Tensor(zeros: [3])
    let before = x.withPointer { UInt(bitPattern: $0) }
    let during = withPointers(writing: &x, reading: a) { x, _ in UInt(bitPattern: x) }
    #expect(before == during)
  }

  @Test("an array that is read as well as written is read as it was")
  func readAndWritten() {
    var x = a
    withPointers(writing: &x, reading: x) { out, x in
      for i in 0..<3 { out[i] = x[2 - i] }
    }
    #expect(x.elements == [3, 2, 1])
  }

  @Test("an array is made from others")
  func making() {
    let sum = Tensor([3], reading: a, b) { out, a, b in
      for i in 0..<3 { out[i] = a[i] + b[i] }
    }
    #expect(sum == Tensor([11, 22, 33], [3]))
  }

  @Test("what is thrown inside comes out, and what was written until then stays")
  func throwing() {
    struct Stop: Error {}
    var x = a
    #expect(throws: Stop.self) {
      try withPointers(writing: &x, reading: b) { x, b in
        x[0] = b[0]
        throw Stop()
      }
    }
    #expect(x.elements == [10, 2, 3])
  }

  @Test("an optional array is written if it is there")
  func optional() {
    var (some, none): (Tensor?, Tensor?) = (a, nil)
    some.withMutablePointer { $0?[1] = 7 }
    none.withMutablePointer { #expect($0 == nil) }
    #expect(some?.elements == [1, 7, 3])
    #expect(none == nil)
  }
}
