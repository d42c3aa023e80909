import CommandLanguage
import Files
import Foundation
import Plotting

/// The folder from which Jupyter knows how to start the kernel, with its logos.
package struct KernelSpecification {
  /// The program to be started.
  private let program: String

  /// - Parameter program: an absolute path.
  package init(program: String) { self.program = program }

  /// The name by which notebooks ask for the kernel.
  package static let name = "rse"

  /// Returns the folder of the user's own kernels, in which Jupyter looks for them.
  package static func userFolder(_ environment: [String: String]) -> String? {
    if let data = environment["JUPYTER_DATA_DIR"], !data.isEmpty { return data + "/kernels" }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      return data + "/jupyter/kernels"
    }
    return environment["HOME"].map { $0 + "/.local/share/jupyter/kernels" }
  }

  /// Returns the kernel folder of an environment, such as Python's in `/usr/local`.
  package static func folder(inPrefix prefix: String) -> String {
    prefix + "/share/jupyter/kernels"
  }

  /// Writes the folder, replacing an existing one.
  ///
  /// - Parameter folder: the folder of all kernels.
  /// - Returns: this kernel's folder.
  package func install(in folder: String) throws -> String {
    let own = folder + "/" + Self.name
    do {
      try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    } catch {
      throw ConnectionFault("cannot make the folder \(own): give another one by --prefix")
    }
    try AtomicFile.write(Array((Value.record(content).json + "\n").utf8), to: own + "/kernel.json")
    for size in [32, 64] {
      let bytes = try PNGRenderer(scale: Double(size) / Self.logoSize).render(Self.logo)
      try AtomicFile.write(bytes, to: own + "/logo-\(size)x\(size).png")
    }
    return own
  }

  private var content: Record {
    [
      "argv": .texts([program, "kernel", "-f", "{connection_file}"]),
      "display_name": .text("RSE"), "language": .text("rse"),
      "interrupt_mode": .text("message"),
      "metadata": .record(["debugger": .boolean(false)]),
    ]
  }

  private static let logoSize = 64.0

  /// The perfect shuffle of four, which is the network's wiring.
  private static var logo: DrawList {
    var drawing = DrawList(size: Size(logoSize, logoSize))
    let place = { (index: Int) in 11 + 14 * Double(index) }
    let colors = [Color(0x1F77B4), Color(0xD62728), Color(0x2CA02C), Color(0xFF7F0E)]
    for (index, target) in [0, 2, 1, 3].enumerated() {
      let (start, end) = (Point(12, place(index)), Point(52, place(target)))
      let bends = [start, Point(20, start.y), Point(44, end.y), end]
      drawing.polyline(bends, Stroke(colors[index], width: 4, roundCaps: true))
      for point in [start, end] { drawing.circle(point, radius: 4.5, fill: colors[index]) }
    }
    return drawing
  }
}
