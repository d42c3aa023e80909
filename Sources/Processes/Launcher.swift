import Foundation

/// The launcher that started this process as one of several, recognized by its environment.
struct Launcher {
  /// The launcher's name in messages.
  let name: String

  /// The variables in which launchers pass the number of processes.
  private static let counts = [
    ("OMPI_COMM_WORLD_SIZE", "mpirun"), ("PMI_SIZE", "mpirun"), ("MPI_LOCALNRANKS", "mpirun"),
  ]

  /// - Returns: nil if no launcher started the program.
  init?(_ environment: [String: String]) {
    if let (_, name) = Self.counts.first(where: { environment[$0.0] != nil }) {
      self.name = name
    } else if environment["SLURM_STEP_ID"] != nil, environment["PMIX_RANK"] != nil {
      name = "srun"
    } else {
      return nil
    }
  }
}
