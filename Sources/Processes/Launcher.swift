import Foundation

/// What has started this process as one of several, as its environment tells.
struct Launcher {
  /// What messages call it.
  let name: String

  /// Variables by which launchers tell the number of processes.
  private static let counts = [
    ("OMPI_COMM_WORLD_SIZE", "mpirun"), ("PMI_SIZE", "mpirun"), ("MPI_LOCALNRANKS", "mpirun"),
  ]

  /// - Returns: nil where the program was started by itself.
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
