import Tensors
import Testing

/// One of the compiled variants of the kernels.
struct KernelVariant: Sendable, CustomStringConvertible {
  let name: String
  /// Nothing but a name and pointers to pure functions, so safe to share.
  nonisolated(unsafe) let kernels: rse_kernel_table

  /// The variant of this name; nil if this machine cannot run it.
  init?(_ name: String) {
    guard let table = rse_kernels_named(name) else { return nil }
    self.name = name
    kernels = table.pointee
  }

  var description: String { name }

  /// All variants that this machine can run, the fastest first; `KernelTests` names the others.
  static let available = ["avx512", "avx2", "neon", "portable"].compactMap(KernelVariant.init)
}

/// Extents of matrices: around the sizes of vectors, tiles, panels and blocks of columns.
let matrixExtents: [(rows: Int, columns: Int)] = [
  (1, 1), (1, 33), (2, 16), (2, 130), (3, 31), (5, 32), (5, 65), (11, 67), (12, 5), (12, 64),
  (13, 17), (64, 63), (100, 20), (100, 33),
]

/// Normally distributed numbers, the same for the same seed.
func normals(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomSource(seed: seed).stream(.testData)
  return (0..<count).map { _ in Float(stream.normal()) }
}

/// Offsets of a norm that are not near 0, where the norm of a single position would magnify every
/// rounding.
func offsets(_ count: Int) -> [Float] {
  normals(count, seed: 9).map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 }
}

/// Numbers that a kernel is to overwrite.
func unset(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }

extension [Float] {
  var doubles: [Double] { map(Double.init) }
}

extension [Double] {
  var floats: [Float] { map { Float($0) } }
}

/// A row-major matrix.
struct Matrix: Sendable {
  let rows, columns: Int
  let elements: [Float]

  /// A matrix of normally distributed numbers.
  init(_ rows: Int, _ columns: Int, seed: UInt64) {
    self.init(rows, columns, normals(rows * columns, seed: seed))
  }

  init(_ rows: Int, _ columns: Int, _ elements: [Float]) {
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  func row(_ row: Int) -> [Double] {
    elements[row * columns..<(row + 1) * columns].map(Double.init)
  }

  func column(_ column: Int) -> [Double] {
    (0..<rows).map { Double(elements[$0 * columns + column]) }
  }

  var transposed: Matrix {
    Matrix(
      columns,
      rows,
      (0..<columns).flatMap { c in (0..<rows).map { elements[$0 * columns + c] } }
    )
  }

  /// The matrix in panels, see `product.inc`.
  var panels: [Float] {
    let width = (columns + panelColumns - 1) / panelColumns * panelColumns
    var panels = [Float](repeating: 0, count: rows * width)
    for (index, element) in elements.enumerated() {
      panels[panelIndex(row: index / columns, column: index % columns, rows: rows)] = element
    }
    return panels
  }

  /// The matrix that lies in these panels.
  init(panels: [Float], rows: Int, columns: Int) {
    let elements = (0..<rows * columns).map {
      panels[panelIndex(row: $0 / columns, column: $0 % columns, rows: rows)]
    }
    self.init(rows, columns, elements)
  }
}

/// By what the backward passes multiply gelu.
let geluWeight: Float = 0.109

/// Columns of a panel.
let panelColumns = Int(RSE_PANEL)

/// Where an element of a matrix lies in its panels.
private func panelIndex(row: Int, column: Int, rows: Int) -> Int {
  row * panelColumns + column % panelColumns + column / panelColumns * panelColumns * rows
}

/// The row-major elements of the matrix of these columns.
func rowMajor(_ columns: [[Double]]) -> [Double] {
  columns[0].indices.flatMap { row in columns.map { $0[row] } }
}

/// Calls `body` with the addresses of copies of the arrays, which lie unaligned between guard
/// zones, and gives what it leaves there. Expects that the zones are untouched.
func outputs<Element: BitwiseCopyable>(
  _ initial: [Element]...,
  sourceLocation: SourceLocation = #_sourceLocation,
  body: ([UnsafeMutablePointer<Element>]) -> Void
) -> [[Element]] {
  let zone = 515
  // As a float 0.747: small enough that what is added to it shows.
  let mark: UInt8 = 0x3F
  let buffers = initial.map { values in
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: (values.count + 2 * zone) * MemoryLayout<Element>.stride,
      alignment: 64
    )
    bytes.initializeMemory(as: UInt8.self, repeating: mark)
    let buffer = bytes.bindMemory(to: Element.self)
    _ = buffer[zone...].update(fromContentsOf: values)
    return buffer
  }
  defer { buffers.forEach { $0.deallocate() } }
  body(buffers.compactMap(\.baseAddress).map { $0 + zone })
  for (index, buffer) in buffers.enumerated() {
    for guarded in [buffer[..<zone], buffer[(buffer.count - zone)...]] {
      #expect(
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: guarded)).allSatisfy { $0 == mark },
        "output \(index): written outside",
        sourceLocation: sourceLocation
      )
    }
  }
  return buffers.map { Array($0[zone..<$0.count - zone]) }
}

/// Calls `body` with the addresses of copies of the arrays, and frees these afterwards.
func withInputs<each Element: BitwiseCopyable>(
  _ arrays: repeat [each Element],
  body: (repeat UnsafePointer<each Element>) -> Void
) {
  let copies = (repeat copy(each arrays))
  defer { repeat (each copies).deallocate() }
  body(repeat UnsafePointer(each copies))
}

private func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
  let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
  copy.initialize(from: array, count: array.count)
  return copy
}

/// Expects |computed − expected| ≤ ulps · 2⁻²³ · (size + |expected|) of every element: an absolute
/// tolerance and a relative one. NaN where NaN is expected.
func expectNear(
  _ computed: [Float],
  _ expected: [Double],
  ulps: Double,
  size: Double,
  _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let unit = ulps * Double(Float.ulpOfOne)
  let wrong = zip(computed, expected).enumerated().first { _, pair in
    let (value, reference) = (Double(pair.0), pair.1)
    if reference.isNaN { return !value.isNaN }
    return !(abs(value - reference) <= unit * (size + abs(reference)))
  }
  #expect(
    wrong == nil && computed.count == expected.count,
    "\(what): \(computed.count) of \(expected.count), first wrong: \(String(describing: wrong))",
    sourceLocation: sourceLocation
  )
}

/// Expects the same of each of several results.
func expectNear(
  _ computed: some Collection<[Float]>,
  _ expected: [[Double]],
  ulps: Double,
  size: Double,
  _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (index, (result, reference)) in zip(computed, expected).enumerated() {
    expectNear(
      result,
      reference,
      ulps: ulps,
      size: size,
      "\(index) of \(what)",
      sourceLocation: sourceLocation
    )
  }
  #expect(computed.count == expected.count, sourceLocation: sourceLocation)
}

/// Expects the same bits.
func expectSame(
  _ computed: [Float],
  _ expected: [Float],
  _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    computed.map(\.bitPattern) == expected.map(\.bitPattern),
    "\(what)",
    sourceLocation: sourceLocation
  )
}
