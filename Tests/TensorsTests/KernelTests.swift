import Tensors
import Testing

/// A variant that the machine cannot run is skipped here under its name, and missing in the
/// arguments of all other tests of kernels.
@Suite struct KernelTests {
  @Test(
    "avx512 kernels run here",
    .enabled(if: KernelVariant("avx512") != nil, "no avx512 here: its kernels stay untested")
  )
  func avx512() throws { try runs("avx512") }

  @Test(
    "avx2 kernels run here",
    .enabled(if: KernelVariant("avx2") != nil, "no avx2 here: its kernels stay untested")
  )
  func avx2() throws { try runs("avx2") }

  @Test("portable kernels run everywhere")
  func portable() throws { try runs("portable") }

  private func runs(_ name: String) throws {
    #expect(try String(cString: #require(KernelVariant(name)).kernels.name) == name)
  }

  @Test("the best table is the fastest that runs here; unknown names give none")
  func choice() {
    #expect(String(cString: rse_kernels_best().pointee.name) == KernelVariant.available[0].name)
    #expect(rse_kernels_named("avx1024") == nil)
  }
}
