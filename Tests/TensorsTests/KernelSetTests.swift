import CKernelCases
import Foundation
import Tensors
import Testing

/// A kernel on one kind of values, see `CKernelCases`.
private struct KernelCase: CustomTestStringConvertible {
  let index: Int

  var name: String { String(cString: rse_case_name(index)) }
  var testDescription: String { name }

  /// The digest of what a set of kernels gives.
  func digest(_ kernels: rse_kernel_table) -> UInt64 {
    withUnsafePointer(to: kernels) { rse_case_digest($0, index) }
  }

  static let all = (0..<rse_case_count()).map(KernelCase.init)
}

/// That all sets of kernels give the same bits, which are those on record.
@Suite struct KernelSetTests {
  private static let portable = KernelVariant("portable")

  @Test("each set of kernels gives the bits of the portable one", arguments: KernelCase.all)
  private func equality(kernel: KernelCase) throws {
    let expected = kernel.digest(try #require(Self.portable).kernels)
    for variant in KernelVariant.available {
      #expect(kernel.digest(variant.kernels) == expected, "\(kernel.name) of \(variant) differs")
    }
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../KernelCases/digests.txt").standardizedFileURL

  @Test("the portable kernels give the bits on record; RSE_WRITE_DIGESTS=1 writes them anew")
  func record() throws {
    let portable = try #require(Self.portable)
    let lines = KernelCase.all.map { kernel in
      let digits = String(kernel.digest(portable.kernels), radix: 16)
      return kernel.name + " " + String(repeating: "0", count: 16 - digits.count) + digits
    }
    if ProcessInfo.processInfo.environment["RSE_WRITE_DIGESTS"] != nil {
      try (lines.joined(separator: "\n") + "\n")
        .write(to: Self.file, atomically: true, encoding: .utf8)
      Issue.record("the digests are written; run the tests again")
    } else {
      let recorded = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
      let changed = Set(recorded.map(String.init)).symmetricDifference(lines)
      #expect(changed.isEmpty, "\(changed.sorted())")
    }
  }

  @Test("no two cases have the same digest, and none writes outside of its results")
  func distinct() throws {
    let portable = try #require(Self.portable)
    let digests = KernelCase.all.map { $0.digest(portable.kernels) }
    #expect(Set(digests).count == digests.count)
    #expect(!digests.contains(0))
  }

  @Test("a kernel that differs in one bit, or writes a value too many, is seen in its own cases")
  func differences() throws {
    let portable = try #require(Self.portable).kernels
    var (rounded, excessive) = (portable, portable)
    rounded.multiply = { count, x, y, out in
      guard let x, let y, let out else { return }
      for index in 0..<count { out[index] = x[index] * y[index] }
      if count == 1000 { out[999] = out[999].nextUp }
    }
    excessive.multiply = { count, x, y, out in
      guard let x, let y, let out else { return }
      for index in 0..<count { out[index] = x[index] * y[index] }
      if count == 7 { out[7] = 0 }
    }
    for kernel in KernelCase.all {
      let expected = kernel.digest(portable)
      let isChanged = kernel.name.hasPrefix("multiply.")
      #expect((kernel.digest(rounded) != expected) == isChanged, "\(kernel.name)")
      #expect(kernel.digest(excessive) == (isChanged ? 0 : expected), "\(kernel.name)")
    }
  }
}
