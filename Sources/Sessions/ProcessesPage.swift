import CommandLanguage

/// The page of `help processes`.
package enum ProcessesPage {
  package static let page = TopicPage(
    sort: "topic",
    name: "processes",
    summary: "train on many processors and machines by mpirun, with the results of one",
    discussion: """
      `mpirun -n 8 rse run paper-musicnet.rsenb` has eight processes run one script together. They divide the examples of \
      each training step, the examples of validations and tests, the recordings of `transcribe`, and with `spread=on` \
      the models of `compare` and the runs of `sweep`. Weights and digits are those of one process, bit for bit: examples are \
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
      m = 96, 12 MB for m = 192, 47 MB for m = 384 (two blocks). `mpirun -n 2 rse-bench scale` measures a step and an exchange, \
      and predicts the gain where each process has a batch of its own. Measured between two network namespaces on two cores of \
      an AMD EPYC (Zen 5), a process a core, with 32 examples of length 64 each, the prediction is:

        network     m    step     exchange  8 processes  64    512
        1 Gbit/s    96    91 ms     31 ms        5.0 ×   38 ×   282 ×
                   192   347 ms    173 ms        4.3 ×   32 ×   253 ×
                   384  1425 ms    575 ms        4.7 ×   36 ×   282 ×
        10 Gbit/s   96    91 ms      3 ms        7.6 ×   60 ×   442 ×
                   192   364 ms     11 ms        7.6 ×   60 ×   474 ×
                   384  1477 ms     44 ms        7.6 ×   60 ×   480 ×
        100 Gbit/s  96    90 ms      2 ms        7.7 ×   61 ×   451 ×
                   192   363 ms      7 ms        7.7 ×   62 ×   483 ×
                   384  1498 ms     28 ms        7.8 ×   62 ×   491 ×

      Both sides of that network were one machine, so a real one has more than the 10 µs that a message took; each \
      exchange sends 2 (P - 1) of them. A batch cannot be divided further than into its groups of about 512 positions, 16 in a \
      large one. `paper-musicnet.rsenb` in the paper's size (m = 192, windows of 8,192, batch=8) has 8 groups of a window, so \
      it stops paying at 8 processes: a step of 5.7 s on one core becomes 0.7 s of computing and an exchange of 0.02 s at \
      10 Gbit/s (7.8 times as fast) or 0.3 s at 1 Gbit/s (5.7 times). More processes want a larger batch=, with fewer steps and a \
      higher rate, or fewer exchanges, which would be another training.

      The library of processes is built beside the program where `libopenmpi-dev` and `openmpi-bin` are installed \
      (`swift build -c release`); a program that was started by itself opens nothing of it. mpirun refuses to run as root \
      without --allow-run-as-root, and to start more processes than there are cores without --oversubscribe.
      """
  )
}
