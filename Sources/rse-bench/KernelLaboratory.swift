import Tensors

/// Arrays of chunk size, and the calls of kernels on them.
final class KernelLaboratory {
  let maps: Int
  let pairs: Int
  private let blocks: [UnsafeMutablePointer<Float>]

  init(maps: Int, pairs: Int) {
    self.maps = maps
    self.pairs = pairs
    let count = max(pairs * 4 * maps, 8 * maps * maps) + 64
    blocks = (0..<8).map { index in
      let block = UnsafeMutablePointer<Float>.allocate(capacity: count)
      var stream = RandomSource(seed: 1).stream(.testData, UInt64(index))
      for i in 0..<count { block[i] = Float(stream.uniformDouble()) - 0.5 }
      return block
    }
  }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Returns the time in seconds of the fastest of some calls.
  func best(rounds: Int, _ body: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      body()
      best = min(best, start.secondsAgo)
    }
    return best
  }

  /// Returns the speed of copying an array in GB/s, counting bytes read and written.
  func copySpeed(floats: Int, rounds: Int) -> Double {
    let from = UnsafeMutablePointer<Float>.allocate(capacity: floats)
    let to = UnsafeMutablePointer<Float>.allocate(capacity: floats)
    defer {
      from.deallocate()
      to.deallocate()
    }
    from.update(repeating: 1, count: floats)
    to.update(repeating: 2, count: floats)
    let seconds = best(rounds: rounds) { to.update(from: from, count: floats) }
    return 2 * Double(floats * MemoryLayout<Float>.stride) / seconds / 1e9
  }

  /// A kernel whose work grows with the bytes it touches.
  struct Streaming {
    let name: String
    /// The number of floats read and written in one call.
    let floats: (KernelLaboratory) -> Int
    let call: (rse_kernel_table, KernelLaboratory) -> Void
  }

  /// A matrix product of 16 m² operations per pair, and the same product by `sgemm`.
  struct Product {
    let name: String
    let call: (rse_kernel_table, KernelLaboratory) -> Void
    let sgemm: (KernelLaboratory) -> Void
  }

  private subscript(index: Int) -> UnsafeMutablePointer<Float> { blocks[index] }
  private var width: Int { 2 * maps }
  private var channels: Int { 4 * maps }
  private var pairLayout: rse_pair_layout { rse_pair_layout(first: 0, second: maps, stride: width) }
  private static let off = rse_dropout(key0: 0, key1: 0, threshold: 0, scale: 1)
  private static let on = rse_dropout(key0: 1, key1: 2, threshold: 1 << 28, scale: 1.06)
  private static let panel = Int(RSE_PANEL)

  static var streaming: [Streaming] {
    [
      Streaming(name: "panel_moments", floats: { $0.pairs * panel }) {
        $0.panel_moments($1.pairs, $1[0], $1[2], $1[3])
      },
      Streaming(name: "panel_norm_gelu", floats: { 3 * $0.pairs * panel }) {
        $0.panel_norm_gelu(
          .init(
            examples: 1,
            rows: $1.pairs,
            h: $1[0],
            offset: $1[2],
            scale: $1[3],
            shift: $1[4],
            step: panel,
            g: $1[1]
          )
        )
      },
      Streaming(name: "panel_scale_shift_gelu", floats: { 2 * $0.pairs * panel }) { kernel, lab in
        kernel.panel_scale_shift_gelu(lab.pairs, lab[0], lab[2], lab[3], 0, lab[1])
      },
      Streaming(name: "panel_norm_gelu_backward", floats: { 4 * $0.pairs * panel }) {
        $0.panel_norm_gelu_backward(
          .init(
            examples: 1,
            rows: $1.pairs,
            y: $1[0],
            d: $1[1],
            g: $1[2],
            weight: 0.1,
            scale: $1[3],
            step: panel,
            offset: $1[4],
            d_offset: $1[5]
          )
        )
      },
      Streaming(name: "panel_feature_norm_gelu", floats: { 3 * $0.pairs * $0.channels }) {
        $0.panel_feature_norm_gelu($1.pairs, $1.channels, $1[0], $1[2], $1[3], $1[1])
      },
      epilogue("switch_epilogue", off), epilogue("switch_epilogue, dropout", on),
      Streaming(name: "switch_gather, dropout", floats: { 4 * $0.pairs * $0.width }) {
        $0.switch_gather(
          .init(
            rows: $1.pairs,
            maps: $1.maps,
            d_out: $1[0],
            layout: $1.pairLayout,
            x: $1[1],
            gate: $1[2],
            dropout: on,
            element: 0,
            dy: $1[3],
            dx: $1[4],
            sum_dy: $1[5],
            sum_dyx: $1[6]
          )
        )
      },
      Streaming(name: "gelu_forward", floats: { 2 * $0.pairs * $0.channels }) {
        $0.gelu_forward($1.pairs * $1.channels, $1[0], $1[1])
      },
      Streaming(name: "add_into", floats: { 3 * $0.pairs * $0.channels }) {
        $0.add_into($1.pairs * $1.channels, $1[0], $1[1])
      },
      Streaming(name: "pack_panels", floats: { 2 * $0.width * $0.channels }) {
        $0.pack_panels($1.packing(transposes: false))
      },
      Streaming(name: "pack_panels, transposed", floats: { 2 * $0.width * $0.channels }) {
        $0.pack_panels($1.packing(transposes: true))
      },
      Streaming(name: "radam", floats: { 7 * $0.width * $0.channels }) { kernel, lab in
        let step = rse_radam_step(
          clip: 1,
          beta1: 0.9,
          beta2: 0.999,
          correction1: 0.5,
          correction2: 0.5,
          epsilon: 1e-5,
          rectifier: 1,
          decay: 0.01,
          rate: 1e-9,
          divides: 1
        )
        lab[2].update(repeating: 1, count: 1)
        kernel.radam(lab.width * lab.channels, lab[0], lab[1], lab[7], lab[3], step)
      },
    ]
  }

  private static func epilogue(_ name: String, _ dropout: rse_dropout) -> Streaming {
    Streaming(name: name, floats: { 3 * $0.pairs * $0.width }) {
      $0.switch_epilogue(
        .init(
          rows: $1.pairs,
          maps: $1.maps,
          x: $1[0],
          candidate: $1[1],
          gate: $1[2],
          bias: $1[3],
          out: $1[4],
          layout: $1.pairLayout,
          dropout: dropout,
          element: 0
        )
      )
    }
  }

  fileprivate func packing(transposes: Bool) -> rse_packing {
    rse_packing(
      rows: width,
      columns: channels,
      b: self[0],
      b_row: channels,
      transposes: transposes ? 1 : 0,
      factor: 1,
      out: self[1]
    )
  }

  static var products: [Product] {
    [
      Product(name: "x · expand") { kernel, lab in
        for first in stride(from: 0, to: lab.channels, by: panel) {
          kernel.multiply_panel(
            lab.pairs,
            lab.width,
            rse_operand(values: lab[0], row: lab.width, block: panel),
            lab[1] + first * lab.width,
            lab[2] + first * lab.pairs
          )
        }
      } sgemm: { lab in
        OpenBLAS.installed?.multiply(
          MatrixOperand(lab[0], rowStride: lab.width),
          MatrixOperand(lab[1], rowStride: lab.channels),
          into: lab[2],
          rows: lab.pairs,
          columns: lab.channels,
          inner: lab.width,
          rowStride: lab.channels
        )
      },
      Product(name: "g · contract") { kernel, lab in
        kernel.multiply_panels(
          .init(
            rows: lab.pairs,
            columns: lab.width,
            inner: lab.channels,
            a: rse_operand(values: lab[0], row: panel, block: panel * lab.pairs),
            b: lab[1],
            b_rows: lab.channels,
            c: lab[2],
            c_row: lab.width,
            accumulates: 0
          )
        )
      } sgemm: { lab in
        OpenBLAS.installed?.multiply(
          MatrixOperand(lab[0], rowStride: lab.channels),
          MatrixOperand(lab[1], rowStride: lab.width),
          into: lab[2],
          rows: lab.pairs,
          columns: lab.width,
          inner: lab.channels,
          rowStride: lab.width
        )
      },
      Product(name: "xᵀ · dh") { kernel, lab in
        for first in stride(from: 0, to: lab.channels, by: panel) {
          kernel.add_outer_panel(
            .init(
              rows: lab.width,
              columns: min(panel, lab.channels - first),
              inner: lab.pairs,
              block_rows: lab.pairs,
              a: rse_operand(values: lab[0], row: lab.width, block: 0),
              b: rse_operand(values: lab[1] + first * lab.pairs, row: panel, block: 0),
              c: lab[2] + first,
              c_row: lab.channels
            )
          )
        }
      } sgemm: { lab in
        OpenBLAS.installed?.multiply(
          MatrixOperand(lab[0], rowStride: lab.width, transposed: true),
          MatrixOperand(lab[1], rowStride: lab.channels),
          into: lab[2],
          rows: lab.width,
          columns: lab.channels,
          inner: lab.pairs,
          rowStride: lab.channels,
          beta: 1
        )
      },
    ]
  }
}
