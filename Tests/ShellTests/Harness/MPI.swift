import Foundation
import Testing

/// Starts of several processes of `rse`.
enum MPI {
  private static let launcher = "/usr/bin/mpirun"

  /// Whether there is a launcher.
  static let isThere = FileManager.default.isExecutableFile(atPath: launcher)
  static let absence: Comment =
    "no mpirun here: runs of several processes are not tested; apt-get install openmpi-bin libopenmpi-dev"

  /// A start of so many processes, on as many processors as there are.
  static func launch(_ processes: Int, _ arguments: [String], in place: ShellPlace) -> Launch {
    launch(processes, program: ShellPlace.program, arguments, in: place)
  }

  /// The same of another program.
  static func launch(
    _ processes: Int,
    program: String,
    _ arguments: [String],
    in place: ShellPlace
  ) -> Launch {
    place.launch(
      program: launcher,
      ["--allow-run-as-root", "--oversubscribe", "-n", String(processes), program] + arguments
    )
  }
}
