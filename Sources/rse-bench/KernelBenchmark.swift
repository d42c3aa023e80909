import ArgumentParser
import Foundation
import Tensors

/// Times each kernel in each of its variants on one thread.
struct KernelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract:
      "Time each kernel in each instruction set: GB/s beside those of a copy, GFLOP/s beside sgemm's."
  )

  @Option(help: "Maps m: sizes are those of a chunk of a switch layer.") var maps = 96
  @Option(help: "Pairs of a chunk.") var pairs = 128
  @Option(help: "Calls of each kernel; the fastest counts.") var rounds = 200

  func validate() throws {
    guard (8...1024).contains(maps), maps % 8 == 0 else {
      throw ValidationError("--maps is a multiple of 8 from 8 to 1024")
    }
    guard (1...65536).contains(pairs), rounds > 0 else {
      throw ValidationError("--pairs is 1 to 65536, --rounds at least 1")
    }
  }

  func run() throws {
    let lab = KernelLaboratory(maps: maps, pairs: pairs)
    let variants = ["avx512", "avx2", "portable"].compactMap { (name: String) in
      rse_kernels_named(name).map { (name: name, table: $0.pointee) }
    }
    let names = variants.map(\.name)
    report("one thread, m=\(maps), \(pairs) pairs; \(OpenBLAS.installed?.name ?? "no OpenBLAS")")
    report(
      String(
        format: "copy: %.1f GB/s in cache, %.1f GB/s in memory (read and written bytes)",
        lab.copySpeed(floats: pairs * 4 * maps, rounds: rounds),
        lab.copySpeed(floats: 1 << 26, rounds: 4)
      )
    )
    func row(_ name: String, _ cells: [String]) -> String {
      name.padding(toLength: 28, withPad: " ", startingAt: 0)
        + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
    report("\n" + row("GB/s", names))
    for streaming in KernelLaboratory.streaming {
      let bytes = Double(MemoryLayout<Float>.stride * streaming.floats(lab))
      report(
        row(
          streaming.name,
          variants.map {
            let table = $0.table
            let seconds = lab.best(rounds: rounds) { streaming.call(table, lab) }
            return String(format: "%.1f", bytes / seconds / 1e9)
          }
        )
      )
    }
    report("\n" + row("GFLOP/s", names + ["sgemm"]))
    for product in KernelLaboratory.products {
      let operations = 16 * Double(maps * maps * pairs)
      let times =
        variants.map { variant in lab.best(rounds: rounds) { product.call(variant.table, lab) } }
        + [lab.best(rounds: rounds) { product.sgemm(lab) }]
      report(row(product.name, times.map { String(format: "%.1f", operations / $0 / 1e9) }))
    }
  }
}
