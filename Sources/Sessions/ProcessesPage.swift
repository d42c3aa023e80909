import CommandLanguage

/// What `help processes` tells.
package enum ProcessesPage {
  package static let page = TopicPage(
    sort: "topic",
    name: "processes",
    summary: "train on many processors and machines by mpirun, with the results of one",
    discussion: """
      `mpirun -n 8 rse run paper-musicnet.rsenb` has eight processes run one script together. They divide the examples of \
      each training step, the examples of validations and tests, the recordings of `transcribe`, and with `spread=on` \
      the models of `compare`. Weights and digits are those of one process, bit for bit: examples are \
      functions of seed, step and index, and a gradient is summed in a tree whose shape depends on the batch alone. So a \
      notebook that was recorded on a laptop replays on a cluster, and the other way round.

      Process 0 speaks, reads standard input and writes files. Each process takes the threads that it is bound to, or its \
      share of the machine's; RSE_THREADS sets them. `show environment` tells processes and machines. All machines need the \
      program at the same path, and the data. Windows of music are drawn by the process that computes them; other \
      examples, which cost next to nothing, by all.

      Every 16 steps the processes compare the digests of their weights: a machine that computes wrongly is named. A \
      process that dies ends the run; one that does not answer ends it after 15 seconds, with its number. Ctrl-C and SIGTERM \
      to mpirun end all after the last complete step, and a training with `checkpoint=` leaves a checkpoint of it. \
      `rse resume` goes on from there with any number of processes, to the same weights.

      What it gains: a step of P processes exchanges 2 (P - 1) / P gradients, 4 bytes for each parameter: 3 MB for \
      m = 96, 12 MB for m = 192, 49 MB for m = 384 (two blocks). `mpirun -n 2 rse-bench scale` measures both parts, and predicts \
      the gain of 8, 64 and 512 processes with a batch of their own each. A batch cannot be divided further than into its groups of \
      about 512 positions, 16 in a large one: for more processes choose a larger batch=, with fewer steps.

      The library of processes is built beside the program where `libopenmpi-dev` and `openmpi-bin` are installed \
      (`swift build -c release`); a program that was started by itself opens nothing of it. mpirun refuses to run as root \
      without --allow-run-as-root, and to start more processes than there are cores without --oversubscribe.
      """
  )
}
